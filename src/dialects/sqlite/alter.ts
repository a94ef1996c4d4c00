import { applyOperation, describeOperation } from '../../operations/index.ts';
import { applyRenamed, inverseRename } from '../../operations/apply-renamed.ts';
import type { TableChange } from '../../operations/alter-table.ts';
import { MigrateError } from '../../errors.ts';
import type { Schema, Table } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { ansi } from './ansi.ts';
import { writeNative } from './native.ts';
import { lexis } from './lexis.ts';
import { quote } from './quote.ts';
import { rebuild } from './rebuild.ts';

/** The statements for changes of one table: real `alter table` where SQLite has one for every change, else one rebuild for all. */
export function alterTable(table: string, changes: readonly TableChange[], schema: Schema): Statement[] {
  return writeNatives(changes, schema) ?? rebuildWithRenames(table, changes, schema);
}

/** Real statements for each change, `undefined` where one has none. */
function writeNatives(changes: readonly TableChange[], schema: Schema): Statement[] | undefined {
  const statements: Statement[] = [];
  let now = schema;
  for (const change of changes) {
    const native = writeNative(change, now);
    if (!native) return undefined;
    statements.push(...native);
    now = applyOperation(now, change);
  }
  return statements;
}

/**
 * One rebuild under the columns' old names, then the renames: SQLite itself respells the triggers, views and expressions
 * that name a renamed column, which no rebuild can.
 */
function rebuildWithRenames(table: string, changes: readonly TableChange[], schema: Schema): Statement[] {
  const before = schema.tables[table];
  if (!before) throw missing(changes);
  const renames = changes.filter((change) => change.kind === 'renameColumn');
  const reused = renames.find(({ from }) => applyAll(schema, changes).tables[table]?.columns[from]);
  if (reused) return oneAfterTheOther(table, changes, { schema, at: changes.indexOf(reused) });
  const undone = renames
    .toReversed()
    .reduce((after, rename) => applyRenamed(after, inverseRename(rename), lexis), applyAll(schema, changes));
  const after = undone.tables[table] ?? before;
  const isNew = ({ name }: { name: string }): boolean => !before.triggers.some((trigger) => trigger.name === name);
  return [
    ...rebuild(
      {
        before,
        after: { ...after, triggers: after.triggers.filter((trigger) => !isNew(trigger)) },
        sources: sourcesOf(before, changes, renames),
      },
      schema,
    ),
    ...renames.map(({ from, to }) => ({
      text: `alter table ${ansi.table(table)} rename column ${quote(from)} to ${quote(to)}`,
    })),
    ...after.triggers.filter(isNew).map(({ definition }) => ({ text: definition })),
  ];
}

/** The old name is given to another column, so the rename has to come first. */
function oneAfterTheOther(
  table: string,
  changes: readonly TableChange[],
  { schema, at }: { schema: Schema; at: number },
): Statement[] {
  const rename = changes[at];
  if (rename?.kind !== 'renameColumn') return [];
  const before = changes.slice(0, at);
  const between = applyAll(schema, before);
  return [
    ...alterTable(table, before, schema),
    ...alterTable(table, [rename], between),
    ...alterTable(table, changes.slice(at + 1), applyRenamed(between, rename, lexis)),
  ];
}

/** Which old column each column, under its old name, has its values from. */
function sourcesOf(
  before: Table,
  changes: readonly TableChange[],
  renames: readonly { from: string; to: string }[],
): Map<string, string> {
  const sources = new Map(Object.keys(before.columns).map((name) => [name, name]));
  for (const change of changes) {
    if (change.kind === 'dropColumn') sources.delete(change.column.name);
    if (change.kind === 'renameColumn') move(sources, change.from, change.to);
  }
  for (const { from, to } of renames.toReversed()) move(sources, to, from);
  return sources;
}

function move(sources: Map<string, string>, from: string, to: string): void {
  const source = sources.get(from);
  sources.delete(from);
  if (source !== undefined) sources.set(to, source);
}

const applyAll = (schema: Schema, changes: readonly TableChange[]): Schema =>
  changes.reduce<Schema>(applyOperation, schema);

function missing(changes: readonly TableChange[]): MigrateError<'OPERATION_FAILED'> {
  const operation = changes.map(describeOperation).join('; ');
  return new MigrateError('OPERATION_FAILED', {
    operation,
    message: 'the table is not there',
    applied: 0,
    total: changes.length,
  });
}
