import type { Dialect } from '../dialects/dialect.ts';
import { partsOf } from '../operations/alter-table.ts';
import { isRename } from '../operations/apply-renamed.ts';
import { applyOperation, tablesOf, type Operation, type OperationKind } from '../operations/index.ts';
import { identifierOf, tokenize } from '../schema/expression.ts';
import { entryOf } from '../schema/entry-of.ts';
import { parseTableKey } from '../schema/names.ts';
import { dropOrder } from './order.ts';
import type { ForeignKey, Schema, Trigger, View } from '../schema/schema.ts';

type Pinning = Pick<Dialect, 'traits' | 'lexis' | 'renameInView'>;

/** Kinds that a database refuses while a view uses the column. */
const blockedByViews: ReadonlySet<OperationKind> = new Set([
  'changeType',
  'dropColumn',
  'dropTable',
  'changeGenerated',
  'alterTable',
]);

/** Kinds in whose way nothing stands. */
const unhindered: ReadonlySet<OperationKind> = new Set(['createNamespace', 'createEnum', 'addColumn', 'setComment']);

/** What stands in the way is dropped before and made again after, as operations of the plan: views and foreign keys. */
export function addDependants(operations: readonly Operation[], actual: Schema, dialect: Pinning): Operation[] {
  if (operations.every(({ kind }) => unhindered.has(kind))) return [...operations];
  const views = viewsInTheWay(operations, actual, dialect);
  const keys = keysInTheWay(operations, actual, dialect);
  const circular = circularKeys(operations);
  const triggers = triggersInTheWay(operations, actual, dialect);
  const renamed = renamedKeys(operations, actual, dialect).filter(
    ({ to }) => !keys.some((key) => key.foreignKey.name === to.foreignKey.name),
  );
  const moved = new Set(views.map(({ from }) => from.name));
  return [
    ...views.toReversed().map(({ from }): Operation => ({ kind: 'dropView', view: from })),
    ...triggersOfGone(operations, dialect),
    ...triggers.map((trigger): Operation => ({ kind: 'dropTrigger', ...trigger })),
    ...renamed.map(({ from }): Operation => ({ kind: 'dropForeignKey', ...from })),
    ...[...keys, ...circular].map((key): Operation => ({ kind: 'dropForeignKey', ...key })),
    ...operations.filter((operation) => operation.kind !== 'replaceView' || !moved.has(operation.from.name)),
    ...renamed.map(({ to }): Operation => ({ kind: 'addForeignKey', ...to })),
    ...keys.map((key): Operation => ({ kind: 'addForeignKey', ...key })),
    ...views.map(({ to }): Operation => ({ kind: 'createView', view: to })),
    ...triggers.map((trigger): Operation => ({ kind: 'createTrigger', ...trigger })),
  ];
}

/** Where a table is made by one statement, its triggers go by themselves: only so can they come back after it. */
function triggersOfGone(operations: readonly Operation[], { traits }: Pinning): Operation[] {
  if (traits.transactionalDdl) return [];
  return operations.flatMap((operation): Operation[] => {
    if (operation.kind !== 'dropTable') return [];
    const { name: table, triggers } = operation.table;
    return triggers.map((trigger) => ({ kind: 'dropTrigger', table, trigger }));
  });
}

interface TriggerOfTable {
  readonly table: string;
  readonly trigger: Trigger;
}

/** Triggers that name a column whose type changes (`update of`, `when`), where that pins it as a view does. */
function triggersInTheWay(
  operations: readonly Operation[],
  actual: Schema,
  { traits, lexis }: Pinning,
): TriggerOfTable[] {
  if (!traits.viewsPinColumns) return [];
  const changed = operations
    .flatMap(partsOf)
    .flatMap((part) => (part.kind === 'changeType' ? [[part.table, part.column] as const] : []));
  // Its text would name what is no longer there.
  const isRenamed = (table: string): boolean =>
    operations.some((operation) => isRename(operation) && tablesOf(operation).includes(table));
  const isMoved = (name: string): boolean =>
    operations.some((operation) => operation.kind === 'dropTrigger' && operation.trigger.name === name);
  return [...new Set(changed.map(([table]) => table))]
    .filter((table) => !isRenamed(table))
    .flatMap((table) => {
      const columns = new Set(changed.flatMap(([of, column]) => (of === table ? [column] : [])));
      const isPinning = ({ definition }: Trigger): boolean =>
        tokenize(definition, lexis).some((token) => columns.has(identifierOf(token) ?? ''));
      return (entryOf(actual.tables, table)?.triggers ?? [])
        .filter((trigger) => isPinning(trigger) && !isMoved(trigger.name))
        .map((trigger) => ({ table, trigger }));
    });
}

interface MovedView {
  readonly from: View;
  readonly to: View;
}

/** Views that pin a column, or that a rename would leave with a name that is gone; each as it is and as it is made again. */
function viewsInTheWay(operations: readonly Operation[], actual: Schema, dialect: Pinning): MovedView[] {
  const gone = new Set(operations.flatMap((operation) => (operation.kind === 'dropView' ? [operation.view.name] : [])));
  const replaced = new Map(
    operations.flatMap((operation) =>
      operation.kind === 'replaceView' ? [[operation.from.name, operation.to] as const] : [],
    ),
  );
  const { renameInView } = dialect;
  const pinned = dialect.traits.viewsPinColumns ? pinnedViews(operations, actual, dialect) : [];
  const renamed = renameInView ? renamedViews(operations, actual, renameInView) : [];
  const moved = [...pinned.map((view): MovedView => ({ from: view, to: view })), ...renamed];
  return moved
    .filter(({ from }) => !gone.has(from.name))
    .map(({ from, to }) => ({ from, to: replaced.get(from.name) ?? to }));
}

function pinnedViews(operations: readonly Operation[], actual: Schema, dialect: Pinning): View[] {
  const touched = new Set(operations.filter(({ kind }) => blockedByViews.has(kind)).flatMap(tablesOf));
  return touched.size === 0 ? [] : dependentViews(actual, touched, dialect);
}

function renamedViews(
  operations: readonly Operation[],
  actual: Schema,
  rename: NonNullable<Pinning['renameInView']>,
): MovedView[] {
  const renames = operations.filter(isRename);
  if (renames.length === 0) return [];
  return Object.values(actual.views).flatMap((view): MovedView[] => {
    const definition = renames.reduce((text, operation) => rename(text, operation), view.definition);
    return definition === view.definition ? [] : [{ from: view, to: { ...view, definition } }];
  });
}

/** Views that name one of the tables, or a view that does; a view comes after the ones it uses. */
function dependentViews(schema: Schema, tables: ReadonlySet<string>, { lexis }: Pick<Dialect, 'lexis'>): View[] {
  const found: View[] = [];
  const names = new Set([...tables].map((key) => parseTableKey(key).name));
  let rest = Object.values(schema.views);
  for (;;) {
    const next = rest.filter((view) =>
      tokenize(view.definition, lexis).some((token) => names.has(identifierOf(token) ?? '')),
    );
    if (next.length === 0) return found;
    found.push(...next);
    for (const view of next) names.add(parseTableKey(view.name).name);
    rest = rest.filter((view) => !next.includes(view));
  }
}

/** Beside a check the server may copy the table for it, and then refuses to change a column of a key. */
function forbidsNull(operation: Operation): boolean {
  return operation.kind === 'setNullability' && !operation.nullable;
}

interface KeyOfTable {
  readonly table: string;
  readonly foreignKey: ForeignKey;
}

/** Foreign keys with a changed column at one of their ends, under the names that renames of the plan leave them. */
function keysInTheWay(operations: readonly Operation[], actual: Schema, { traits }: Pinning): KeyOfTable[] {
  const changed = operations
    .flatMap(partsOf)
    .filter((part) => traits.foreignKeysPin.has(part.kind) || (traits.checksPinReferences && forbidsNull(part)));
  if (changed.length === 0) return [];
  const schema = operations.filter(isRename).reduce<Schema>(applyOperation, actual);
  const isChanged = (table: string, columns: readonly string[]): boolean =>
    changed.some(
      (part) =>
        'column' in part && 'table' in part && part.table === table && columns.some((name) => name === part.column),
    );
  const isGone = ({ table, foreignKey }: KeyOfTable): boolean =>
    operations.some((operation) =>
      operation.kind === 'dropForeignKey'
        ? operation.table === table && operation.foreignKey.name === foreignKey.name
        : operation.kind === 'dropTable' && operation.table.name === table,
    );
  return Object.values(schema.tables)
    .flatMap(({ name, foreignKeys }) => foreignKeys.map((foreignKey): KeyOfTable => ({ table: name, foreignKey })))
    .filter(
      ({ table, foreignKey: { columns, references } }) =>
        isChanged(table, columns) || isChanged(references.table, references.columns),
    )
    .filter((key) => !isGone(key));
}

/** Foreign keys to a table that goes, of tables that go after it: both are in a circle, which has no first table. */
function circularKeys(operations: readonly Operation[]): KeyOfTable[] {
  const order = dropOrder(operations);
  return order.flatMap(({ name: gone }, at) =>
    order
      .slice(at + 1)
      .flatMap(({ name, foreignKeys }) => foreignKeys.map((foreignKey): KeyOfTable => ({ table: name, foreignKey })))
      .filter(({ foreignKey }) => foreignKey.references.table === gone),
  );
}

/** Foreign keys that a rename of their column cannot take along: as they are, and as they are made again. */
function renamedKeys(
  operations: readonly Operation[],
  actual: Schema,
  { traits }: Pinning,
): { readonly from: KeyOfTable; readonly to: KeyOfTable }[] {
  const renames = operations.filter(isRename);
  if (!traits.checksPinReferences || renames.length === 0) return [];
  const after = renames.reduce<Schema>(applyOperation, actual);
  const before = keysOf(actual);
  return keysOf(after).flatMap((to, at) => {
    const from = before[at];
    const ends = [
      [to.table, to.foreignKey.columns],
      [to.foreignKey.references.table, to.foreignKey.references.columns],
    ] as const;
    const isPinned = ends.some(([table, columns]) =>
      renames.some(
        (rename) =>
          rename.kind === 'renameColumn' &&
          rename.table === table &&
          columns.includes(rename.to) &&
          (entryOf(after.tables, table)?.checks.length ?? 0) > 0,
      ),
    );
    const goes = operations.some(
      (operation) =>
        operation.kind === 'dropForeignKey' &&
        operation.table === to.table &&
        operation.foreignKey.name === to.foreignKey.name,
    );
    return from && isPinned && !goes ? [{ from, to }] : [];
  });
}

/** In the order of the schema, which renames keep. */
function keysOf({ tables }: Schema): KeyOfTable[] {
  return Object.values(tables).flatMap(({ name, foreignKeys }) =>
    foreignKeys.map((foreignKey): KeyOfTable => ({ table: name, foreignKey })),
  );
}
