import type { Dialect } from '../../dialects/dialect.ts';
import type { EventRow } from '../../history/event.ts';
import { readPayload } from '../../history/state.ts';
import { displayTable } from '../../schema/names.ts';
import type { Schema } from '../../schema/schema.ts';
import { tablesOfTools } from './find-tables.ts';
import { foreignTools } from './index.ts';

/** Histories of other tools that are there and of which the log has nothing, one sentence each with the command. Pure. */
export function describeUnadopted(
  { tables }: Schema,
  rows: readonly EventRow[],
  { traits }: Pick<Dialect, 'traits'>,
): readonly string[] {
  const imported = rows.filter(({ event }) => event === 'imported').map(readPayload);
  const known = new Set(imported.flatMap(({ provenance }) => provenance?.table ?? []));
  return tablesOfTools(foreignTools, tables, traits.defaultNamespace)
    .filter(({ tool, shape, key }) => tool.tables.includes(shape) && !known.has(key))
    .map(
      ({ tool, key }) =>
        `${displayTable(key)} is the history of ${tool.name}, of which the log has nothing: \`migrate adopt --from ${tool.name}\` takes it over`,
    );
}
