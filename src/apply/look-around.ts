import { diffSchemas, type Renames } from '../diff/index.ts';
import { createJudge } from '../diff/expressions.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Operation } from '../operations/index.ts';
import { orderOperations } from '../plan/order.ts';
import { parseTableKey, tableKey } from '../schema/names.ts';
import type { Schema } from '../schema/schema.ts';
import type { StepContext } from './run-step.ts';
import { renamesIn, statementReach } from './statement-reach.ts';

/** What SQL of the user's did to the schema: the schema after it, and the operations that lead there. */
export interface Seen {
  readonly schema: Schema;
  readonly derived: readonly Operation[];
}

/** Looks at what the statements may have touched, and derives from before and after what they did. */
export async function lookAround(texts: readonly string[], context: StepContext): Promise<Seen> {
  const { dialect } = context;
  const schema = await schemaAfter(texts, context);
  const renames = joinRenames(texts.map((text) => renamesIn(text, dialect.lexis)));
  return { schema, derived: deriveOperations(context.schema, schema, { dialect, renames }) };
}

/** The operations that lead from one inspected schema to another. Pure. */
export function deriveOperations(
  before: Schema,
  after: Schema,
  { dialect, renames = { tables: {}, columns: {} } }: { readonly dialect: Dialect; readonly renames?: Renames },
): readonly Operation[] {
  if (before === after) return [];
  const expressions = createJudge(dialect.types, { spellings: [] });
  const { changes } = diffSchemas(after, before, { dialect, expressions, isOurs: () => true, renames });
  return orderOperations(changes, after, dialect.traits);
}

async function schemaAfter(texts: readonly string[], context: StepContext): Promise<Schema> {
  const { dialect, session, inspectAll, schema } = context;
  const reaches = texts.map((text) => statementReach(text, dialect.lexis));
  if (reaches.includes('anything')) return inspectAll();
  const names = new Set(reaches.flatMap((reach) => (typeof reach === 'object' ? [...reach.names] : [])));
  if (names.size === 0) return schema;
  const keys = keysOf(names, schema, dialect);
  const live = await dialect.inspect(session, { tables: keys });
  const kept = Object.fromEntries(Object.entries(schema.tables).filter(([key]) => !keys.includes(key)));
  return { ...schema, tables: { ...kept, ...live.tables } };
}

/** The tables that may be meant: those that are there under such a name, and the names themselves for new ones. */
function keysOf(names: ReadonlySet<string>, { tables }: Schema, { traits }: Dialect): readonly string[] {
  const fold = (name: string): string => (traits.namesIgnoreCase ? name.toLowerCase() : name);
  const wanted = new Set([...names].map(fold));
  const known = Object.keys(tables).filter((key) => wanted.has(fold(parseTableKey(key).name)));
  const namespaces = new Set(Object.keys(tables).flatMap((key) => parseTableKey(key).namespace ?? []));
  const elsewhere = [...namespaces].filter((namespace) => wanted.has(fold(namespace)));
  const fresh = [...names].flatMap((name) => [
    tableKey(name),
    ...elsewhere.map((namespace) => tableKey(name, namespace)),
  ]);
  return [...new Set([...known, ...fresh])];
}

function joinRenames(renames: readonly Renames[]): Renames {
  return {
    tables: Object.assign({}, ...renames.map(({ tables }) => tables)) as Renames['tables'],
    columns: Object.assign({}, ...renames.map(({ columns }) => columns)) as Renames['columns'],
  };
}
