import type { LogicalType } from '../../schema/logical-type.ts';
import { tableKey } from '../../schema/names.ts';
import type {
  Check,
  Column,
  Deferrable,
  Default,
  EnumType,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  ReferentialAction,
  Table,
} from '../../schema/schema.ts';
import type { ColumnRow, ConstraintRow, IndexRow, PartRow, RelationRow, TriggerRow } from './catalog.ts';
import { canonicalDefault } from './default.ts';
import { withoutOuterParentheses } from './expression.ts';
import { readPartitioning } from './partitioning.ts';
import { readType } from './read-type.ts';

/** What the catalog queries say about one table. */
export interface TableRows {
  readonly relation: RelationRow;
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly triggers: readonly TriggerRow[];
  readonly enums: ReadonlyMap<string, EnumType>;
}

/** A table in the Schema's normal form. */
export function buildTable({ relation, columns, constraints, indexes, triggers, enums }: TableRows): Table {
  const primary = constraints.find(({ kind }) => kind === 'p');
  const unique = new Map(constraints.filter(({ kind }) => kind === 'u').map((row) => [row.index, row]));
  const partitioning = readPartitioning(relation);
  const storage = { ...(relation.unlogged && { unlogged: true as const }), ...(relation.options && { with: relation.options }) };
  return {
    name: tableKey(relation.name, relation.namespace ?? undefined),
    columns: Object.fromEntries(columns.map((row) => [row.name, buildColumn(row, enums)])),
    ...(primary && { primaryKey: buildPrimaryKey(primary) }),
    indexes: indexes.map((row) => buildIndex(row, unique.get(row.oid))),
    foreignKeys: constraints.filter(({ kind }) => kind === 'f').map((row) => buildForeignKey(row, relation.namespace)),
    checks: constraints.filter(({ kind }) => kind === 'c').map(buildCheck),
    triggers: triggers.map(({ name, definition }) => ({ name, definition })),
    ...(partitioning && { partitioning }),
    ...(relation.comment && { comment: relation.comment }),
    ...(Object.keys(storage).length > 0 && { storage }),
  };
}

function buildColumn(row: ColumnRow, enums: ReadonlyMap<string, EnumType>): Column {
  const type = columnType(row, enums);
  const isGenerated = row.generated !== '';
  const value = row.default === null || row.auto || isGenerated ? undefined : readDefault(type, row.default);
  return {
    name: row.name,
    type,
    nullable: !row.notnull,
    ...(value && { default: value }),
    ...(row.auto && { autoIncrement: true }),
    ...(isGenerated && { generated: { expression: withoutOuterParentheses(row.default ?? ''), stored: row.generated === 's' } }),
    ...(row.comment && { comment: row.comment }),
    ...(row.collation !== null && { collation: row.collation }),
  };
}

function columnType(row: ColumnRow, enums: ReadonlyMap<string, EnumType>): LogicalType {
  const type = row.enum === null ? undefined : enums.get(row.enum);
  return type ? { type: 'enum', values: type.values, name: type.name } : readType(row.type);
}

/** `default null` is no default. */
function readDefault(type: LogicalType, sql: string): Default | undefined {
  const value = canonicalDefault(type, { sql });
  return 'value' in value && value.value === null ? undefined : value;
}

function buildPrimaryKey({ name, columns }: ConstraintRow): PrimaryKey {
  return { name, columns: readNames(columns) };
}

function buildCheck({ name, expression, valid }: ConstraintRow): Check {
  return { name, expression: withoutOuterParentheses(expression ?? ''), ...(!valid && { invalid: true }) };
}

const actions: Readonly<Record<string, ReferentialAction>> = { r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' };

function buildForeignKey(row: ConstraintRow, home: string | null): ForeignKey {
  const onDelete = actions[row.on_delete];
  const onUpdate = actions[row.on_update];
  const namespace = home === 'pg_temp' ? home : row.target_namespace;
  return {
    name: row.name,
    columns: readNames(row.columns),
    references: { table: tableKey(row.target ?? '', namespace ?? undefined), columns: readNames(row.target_columns) },
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    ...deferral(row),
    ...(!row.valid && { invalid: true }),
  };
}

function deferral(row: ConstraintRow | undefined): { deferrable?: Deferrable } {
  return row?.deferrable ? { deferrable: row.deferred ? 'deferred' : 'immediate' } : {};
}

function buildIndex(row: IndexRow, constraint: ConstraintRow | undefined): Index {
  const parts = JSON.parse(row.parts) as PartRow[];
  const include = parts.filter(({ key }) => !key).map(({ column }) => column ?? '');
  return {
    name: row.name,
    parts: parts.filter(({ key }) => key).map(buildPart),
    unique: row.unique,
    ...(constraint && { constraint: true }),
    ...(row.predicate !== null && { where: withoutOuterParentheses(row.predicate) }),
    ...(row.method !== 'btree' && { method: row.method }),
    ...(include.length > 0 && { include }),
    ...(row.nulls_not_distinct && { nullsNotDistinct: true }),
    ...deferral(constraint),
    ...(!row.valid && { invalid: true }),
    ...(row.comment && { comment: row.comment }),
  };
}

/** Bits of `indoption`: 1 descending, 2 nulls first; nulls come first by default where descending. */
function buildPart({ column, expression, option, collation, opclass }: PartRow): IndexPart {
  const descending = (option & 1) !== 0;
  const nullsFirst = (option & 2) !== 0;
  return {
    ...(column !== null ? { column } : { expression: withoutOuterParentheses(expression ?? '') }),
    ...(descending && { descending: true }),
    ...(nullsFirst !== descending && { nulls: nullsFirst ? 'first' : 'last' }),
    ...(collation !== null && { collation }),
    ...(opclass !== null && { operatorClass: opclass }),
  };
}

function readNames(json: string | null): string[] {
  return JSON.parse(json ?? '[]') as string[];
}
