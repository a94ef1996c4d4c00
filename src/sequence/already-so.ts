import type { DiffContext } from '../diff/index.ts';
import { diffTable } from '../diff/tables.ts';
import { expressionPlace } from '../diff/expressions.ts';
import { isSameForeignKey } from '../diff/foreign-keys.ts';
import { isSameIndex } from '../diff/indexes.ts';
import type { Operation, OperationKind, OperationOf } from '../operations/index.ts';
import { isSameData } from '../schema/canonical.ts';
import { entryOf } from '../schema/entry-of.ts';
import { emptyTable, type Column, type Schema, type Table } from '../schema/schema.ts';

/** True where a schema is already as the operation would leave it: it has happened, or something else did the same. */
export function isAlreadySo(operation: Operation, schema: Schema, context: DiffContext): boolean {
  const answer = answers[operation.kind] as Answer<OperationKind>;
  return answer(operation, schema, context);
}

type Answer<K extends OperationKind> = (operation: OperationOf<K>, schema: Schema, context: DiffContext) => boolean;

const never = (): boolean => false;
const tableOf = (schema: Schema, name: string): Table | undefined => entryOf(schema.tables, name);
const columnOf = (schema: Schema, table: string, name: string): Column | undefined =>
  entryOf(tableOf(schema, table)?.columns, name);
const isNamed = (list: readonly { readonly name: string }[] | undefined, name: string): boolean =>
  list?.some((item) => item.name === name) ?? false;

const answers: { readonly [K in OperationKind]: Answer<K> } = {
  createTable: ({ table }, schema) => tableOf(schema, table.name) !== undefined,
  dropTable: ({ table }, schema) => !tableOf(schema, table.name),
  renameTable: ({ from, to }, schema) => !tableOf(schema, from) && tableOf(schema, to) !== undefined,
  addColumn: ({ table, column }, schema) => columnOf(schema, table, column.name) !== undefined,
  dropColumn: ({ table, column }, schema) => !columnOf(schema, table, column.name),
  renameColumn: ({ table, from, to }, schema) =>
    !columnOf(schema, table, from) && columnOf(schema, table, to) !== undefined,
  changeType: ({ table, column, to, toCollation }, schema, { dialect }) => {
    const found = columnOf(schema, table, column);
    const isSameCollation = toCollation === undefined || toCollation === found?.collation;
    return found !== undefined && isSameCollation && dialect.types.same(to, found.type);
  },
  setNullability: ({ table, column, nullable }, schema) => columnOf(schema, table, column)?.nullable === nullable,
  setDefault: ({ table, column, to }, schema, context) =>
    isColumnSo(
      schema,
      { table, column, wanted: ({ default: _, ...rest }) => ({ ...rest, ...(to && { default: to }) }) },
      context,
    ),
  setOnUpdate: ({ table, column, to }, schema, context) =>
    isColumnSo(
      schema,
      { table, column, wanted: ({ onUpdate: _, ...rest }) => ({ ...rest, ...(to !== undefined && { onUpdate: to }) }) },
      context,
    ),
  setComment: ({ table, column, to }, schema) =>
    (column === undefined ? tableOf(schema, table) : columnOf(schema, table, column))?.comment === to,
  setAutoIncrement: ({ table, column, autoIncrement }, schema) =>
    (columnOf(schema, table, column)?.autoIncrement ?? false) === autoIncrement,
  changeGenerated: ({ table, after }, schema, context) =>
    isColumnSo(schema, { table, column: after.name, wanted: () => after }, context),
  addPrimaryKey: ({ table, primaryKey }, schema) =>
    isSameData(tableOf(schema, table)?.primaryKey?.columns, primaryKey.columns),
  dropPrimaryKey: ({ table }, schema) => !tableOf(schema, table)?.primaryKey,
  addIndex: ({ table, index }, schema, context) =>
    tableOf(schema, table)?.indexes.some((found) => isSameIndex(table, index, found, context)) ?? false,
  dropIndex: ({ table, index }, schema) => !isNamed(tableOf(schema, table)?.indexes, index.name),
  renameIndex: ({ table, from, to }, schema) =>
    !isNamed(tableOf(schema, table)?.indexes, from) && isNamed(tableOf(schema, table)?.indexes, to),
  addForeignKey: ({ table, foreignKey }, schema) =>
    tableOf(schema, table)?.foreignKeys.some((found) => isSameForeignKey(foreignKey, found)) ?? false,
  dropForeignKey: ({ table, foreignKey }, schema) => !isNamed(tableOf(schema, table)?.foreignKeys, foreignKey.name),
  addCheck: ({ table, check }, schema, { expressions }) =>
    tableOf(schema, table)?.checks.some(
      (found) =>
        !found.invalid && expressions.isSame(expressionPlace(table, 'check'), check.expression, found.expression),
    ) ?? false,
  dropCheck: ({ table, check }, schema) => !isNamed(tableOf(schema, table)?.checks, check.name),
  createNamespace: ({ namespace }, schema) => schema.namespaces?.includes(namespace) ?? false,
  dropNamespace: ({ namespace }, schema) => !schema.namespaces?.includes(namespace),
  createEnum: (operation, schema) => entryOf(schema.enums, operation.enum.name) !== undefined,
  alterEnum: ({ name, to }, schema) => isSameData(entryOf(schema.enums, name)?.values, to),
  dropEnum: (operation, schema) => !entryOf(schema.enums, operation.enum.name),
  createView: ({ view }, schema) => entryOf(schema.views, view.name) !== undefined,
  replaceView: ({ to }, schema, { expressions }) => {
    const found = entryOf(schema.views, to.name);
    return found !== undefined && expressions.isSame(expressionPlace(to.name, 'view'), to.definition, found.definition);
  },
  dropView: ({ view }, schema) => !entryOf(schema.views, view.name),
  createTrigger: ({ table, trigger }, schema) => isNamed(tableOf(schema, table)?.triggers, trigger.name),
  dropTrigger: ({ table, trigger }, schema) => !isNamed(tableOf(schema, table)?.triggers, trigger.name),
  setPartitioning: ({ table, to }, schema) => isSameData(tableOf(schema, table)?.partitioning, to),
  backfill: never,
  rawSql: never,
  alterTable: ({ changes }, schema, context) => changes.every((change) => isAlreadySo(change, schema, context)),
};

interface ColumnWish {
  readonly table: string;
  readonly column: string;
  /** The column as it is to be, from the one that is there. */
  wanted(found: Column): Column;
}

/** A column compares with itself changed, by the rules that compare models. */
function isColumnSo(schema: Schema, { table, column, wanted }: ColumnWish, context: DiffContext): boolean {
  const found = columnOf(schema, table, column);
  if (!found) return false;
  const alone = (item: Column): Table => ({ ...emptyTable(table), columns: { [column]: item } });
  return diffTable(alone(wanted(found)), alone(found), context).changes.length === 0;
}
