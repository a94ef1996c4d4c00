import { MigrateError } from '../../errors.ts';
import { displayTable } from '../../schema/names.ts';
import { shapesOf } from './find-tables.ts';
import type { ForeignTool } from './foreign-tool.ts';
import type { FoundHistory } from './read-histories.ts';

/**
 * Throws FOREIGN_HISTORY_UNKNOWN where there is no history, or more than one claims the same; FOREIGN_HISTORY_UNFINISHED,
 * naming each, where a migration failed or is under way.
 */
export function refuseHistories(histories: readonly FoundHistory[], wanted: readonly ForeignTool[]): void {
  refuseNone(histories, wanted);
  refuseAmbiguous(histories);
  refuseUnfinished(histories);
}

function refuseNone(histories: readonly FoundHistory[], wanted: readonly ForeignTool[]): void {
  if (histories.length > 0) return;
  const whose = wanted.length === 1 ? (wanted[0]?.title ?? '') : 'another tool';
  const looked = wanted.flatMap((tool) => shapesOf({ ...tool, beside: [] }).flatMap(({ names }) => names[0] ?? []));
  unknown(`no history of ${whose} was found (looked for ${[...new Set(looked)].join(', ')}, each with its columns)`);
}

function refuseAmbiguous(histories: readonly FoundHistory[]): void {
  for (const [key, same] of Map.groupBy(histories, ({ table }) => table))
    if (same.length > 1) unknown(`the table ${displayTable(key)} may be of ${titlesOf(same)}`);
  for (const [tool, same] of Map.groupBy(histories, (history) => history.tool))
    if (same.length > 1)
      unknown(`${tool.title} left several histories: ${same.map(({ table }) => displayTable(table)).join(', ')}`);
}

function refuseUnfinished(histories: readonly FoundHistory[]): void {
  const stuck = histories.map((history) => ({ ...history, lines: problemsOf(history) }));
  const unfinished = stuck.filter(({ lines }) => lines.length > 0);
  if (unfinished.length === 0) return;
  throw new MigrateError('FOREIGN_HISTORY_UNFINISHED', {
    tool: titlesOf(unfinished),
    problems: unfinished.flatMap(({ lines }) => lines),
  });
}

function problemsOf({ entries, problems = [], table }: FoundHistory): readonly string[] {
  const rows = entries.filter(({ state }) => state === 'failed' || state === 'unfinished');
  const lines = rows.map(
    ({ name, state, detail }) => `${name} is ${state}${detail === undefined ? '' : `: ${detail}`}`,
  );
  return [...problems, ...lines].map((line) => `${displayTable(table)}: ${line}`);
}

const titlesOf = (histories: readonly FoundHistory[]): string => histories.map(({ tool }) => tool.title).join(' and ');

function unknown(message: string): never {
  throw new MigrateError('FOREIGN_HISTORY_UNKNOWN', { message });
}
