import { didYouMean } from '../../config/did-you-mean.ts';
import { MigrateError } from '../../errors.ts';
import type { ForeignTool, HistoryTable } from './foreign-tool.ts';
import { foreignTools } from './index.ts';

/** Where a tool's history is, if not where the tool has it by default. */
export interface HistoryPlace {
  readonly table?: string;
  /** A namespace. */
  readonly schema?: string;
}

/** The tools that `--from` means: one by its name, or `auto` for all; with a place, one of them there. Throws FOREIGN_HISTORY_UNKNOWN. */
export function chooseTools(from: string, place: HistoryPlace = {}): readonly ForeignTool[] {
  const tools = toolsNamed(from);
  const [tool] = tools;
  if (place.table === undefined && place.schema === undefined) return tools;
  if (tools.length === 1 && tool) return [at(tool, place)];
  throw new MigrateError('USAGE', { message: '--table and --schema are of one tool: name it with --from TOOL' });
}

/** The tool with its tables elsewhere. Those beside the history follow it where their names begin with its. */
function at(tool: ForeignTool, { table, schema }: HistoryPlace): ForeignTool {
  const known = tool.tables.flatMap(({ names }) => names);
  const within = schema === undefined ? {} : { within: schema };
  const named = (shape: HistoryTable): HistoryTable =>
    table === undefined ? { ...shape, ...within } : { ...shape, names: [table], ...within };
  const beside = ({ names, ...shape }: HistoryTable): HistoryTable => {
    const following = table === undefined ? [] : names.flatMap((name) => followed(name, known, table));
    return { ...shape, names: [...names, ...following], ...within };
  };
  return { ...tool, tables: tool.tables.map(named), ...(tool.beside && { beside: tool.beside.map(beside) }) };
}

/** `knex_migrations_lock` is `own_lock` where `knex_migrations` is `own`. */
function followed(name: string, known: readonly string[], table: string): readonly string[] {
  return known.filter((old) => name.startsWith(old)).map((old) => `${table}${name.slice(old.length)}`);
}

function toolsNamed(from: string): readonly ForeignTool[] {
  if (from === 'auto') return foreignTools;
  const wanted = from.toLowerCase();
  const tool = foreignTools.find(({ name, aliases = [] }) => name === wanted || aliases.includes(wanted));
  if (tool) return [tool];
  const names = foreignTools.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const near = didYouMean(from, names);
  const message = `no tool is called "${from}"${near === undefined ? '' : ` (did you mean ${near}?)`}; known are ${names.toSorted().join(', ')}`;
  throw new MigrateError('FOREIGN_HISTORY_UNKNOWN', { message });
}
