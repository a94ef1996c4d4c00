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
import type { ColumnRow, ConstraintRow, IndexRow, LeaningRow, RelationRow, TriggerRow } from './catalog.ts';
import { withoutOuterParentheses } from './expression.ts';
import { readPartitioning } from './partitioning.ts';
import { readKept } from './kept-sql.ts';
import { readTrigger } from './trigger-sql.ts';
import { types } from './types.ts';

/** What the catalog queries say about one table. */
export interface TableRows {
  readonly relation: RelationRow;
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly triggers: readonly TriggerRow[];
  readonly leaning: readonly LeaningRow[];
  readonly enums: ReadonlyMap<string, EnumType>;
  /** The name of a column by its table's oid and its number. */
  readonly columnName: ColumnName;
}

export type ColumnName = (table: string, number: number) => string;

/** A table in the Schema's normal form. */
export function buildTable({
  relation,
  columns,
  constraints,
  indexes,
  triggers,
  leaning,
  enums,
  columnName,
}: TableRows): Table {
  const primary = constraints.find(({ kind }) => kind === 'p');
  const unique = new Map(constraints.filter(({ kind }) => kind === 'u').map((row) => [row.index, row]));
  const partitioning = readPartitioning(relation);
  const storage = {
    ...(relation.unlogged && { unlogged: true as const }),
    ...(relation.options && { with: relation.options }),
  };
  return {
    name: tableKey(relation.name, relation.namespace ?? undefined),
    columns: Object.fromEntries(columns.map((row) => [row.name, buildColumn(row, enums, leaning)])),
    ...(primary && { primaryKey: buildPrimaryKey(primary, columnName) }),
    indexes: indexes.map((row) => buildIndex(row, unique.get(row.oid), columnName)),
    foreignKeys: constraints.filter(({ kind }) => kind === 'f').map((row) => buildForeignKey(row, columnName)),
    checks: constraints.filter(({ kind }) => kind === 'c').map(buildCheck),
    triggers: triggers.map(readTrigger),
    ...(partitioning && { partitioning }),
    ...(relation.comment && { comment: relation.comment }),
    ...(Object.keys(storage).length > 0 && { storage }),
  };
}

function buildColumn(row: ColumnRow, enums: ReadonlyMap<string, EnumType>, leaning: readonly LeaningRow[]): Column {
  const type = columnType(row, enums);
  const isGenerated = row.generated !== '';
  const value = row.default === null || row.auto || isGenerated ? undefined : readDefault(type, row.default);
  return {
    name: row.name,
    type,
    nullable: !row.notnull,
    ...(value && { default: value }),
    ...(row.auto && { autoIncrement: true }),
    ...(isGenerated && {
      generated: { expression: withoutOuterParentheses(row.default ?? ''), stored: row.generated === 's' },
    }),
    ...(row.comment && { comment: row.comment }),
    ...(row.collation !== null && { collation: row.collation }),
    ...readKept(row, leaning),
  };
}

function columnType(row: ColumnRow, enums: ReadonlyMap<string, EnumType>): LogicalType {
  const type = row.enum === null ? undefined : enums.get(row.enum);
  return type ? { type: 'enum', values: type.values, name: type.name } : types.read(row.type);
}

/** `default null` is no default. */
function readDefault(type: LogicalType, sql: string): Default | undefined {
  const value = types.canonicalDefault(type, { sql });
  return 'value' in value && value.value === null ? undefined : value;
}

function buildPrimaryKey({ name, table, columns }: ConstraintRow, columnName: ColumnName): PrimaryKey {
  return { name, columns: readNumbers(columns).map((number) => columnName(table, number)) };
}

function buildCheck({ name, expression, valid }: ConstraintRow): Check {
  return { name, expression: withoutOuterParentheses(expression ?? ''), ...(!valid && { invalid: true }) };
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

function buildForeignKey(row: ConstraintRow, columnName: ColumnName): ForeignKey {
  const onDelete = actions[row.on_delete];
  const onUpdate = actions[row.on_update];
  const target =
    row.target_names === null
      ? readNumbers(row.target_columns).map((number) => columnName(row.target_oid, number))
      : (JSON.parse(row.target_names) as string[]);
  return {
    name: row.name,
    columns: readNumbers(row.columns).map((number) => columnName(row.table, number)),
    references: { table: tableKey(row.target ?? '', row.target_namespace ?? undefined), columns: target },
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    ...deferral(row),
    ...(!row.valid && { invalid: true }),
  };
}

function deferral(row: ConstraintRow | undefined): { deferrable?: Deferrable } {
  return row?.deferrable ? { deferrable: row.deferred ? 'deferred' : 'immediate' } : {};
}

function buildIndex(row: IndexRow, constraint: ConstraintRow | undefined, columnName: ColumnName): Index {
  const keys = row.keys.split(' ').map(Number);
  const include = keys.slice(row.key_count).map((number) => columnName(row.table, number));
  return {
    name: row.name,
    parts: buildParts(row, keys.slice(0, row.key_count), columnName),
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

function buildParts(row: IndexRow, keys: readonly number[], columnName: ColumnName): IndexPart[] {
  const options = row.options.split(' ').map(Number);
  const [expressions, collations, opclasses] = [
    readPlaces(row.expressions),
    readPlaces(row.collations),
    readPlaces(row.opclasses),
  ];
  return keys.map((number, at) => {
    const [collation, operatorClass] = [collations[at + 1], opclasses[at + 1]];
    return {
      ...(number === 0
        ? { expression: withoutOuterParentheses(expressions[at + 1] ?? '') }
        : { column: columnName(row.table, number) }),
      ...direction(options[at] ?? 0),
      ...(collation !== undefined && { collation }),
      ...(operatorClass !== undefined && { operatorClass }),
    };
  });
}

/** Bits of `indoption`: 1 descending, 2 nulls first; nulls come first by default where descending. */
function direction(option: number): Pick<IndexPart, 'descending' | 'nulls'> {
  const descending = (option & 1) !== 0;
  const nullsFirst = (option & 2) !== 0;
  return {
    ...(descending && { descending: true }),
    ...(nullsFirst !== descending && { nulls: nullsFirst ? 'first' : 'last' }),
  };
}

function readPlaces(json: string | null): Readonly<Record<number, string>> {
  return json === null ? {} : (JSON.parse(json) as Record<number, string>);
}

function readNumbers(json: string): number[] {
  return JSON.parse(json) as number[];
}
