import type { Dialect } from '../../dialects/dialect.ts';
import { describeParts } from '../../operations/add-index.ts';
import { partsOf } from '../../operations/alter-table.ts';
import type { Operation } from '../../operations/index.ts';
import { classify } from '../../plan/classify.ts';
import { describeType } from '../../schema/logical-type.ts';
import { displayTable } from '../../schema/names.ts';
import type { Schema } from '../../schema/schema.ts';
import { escapeUnseen } from './write-text.ts';

/** An operation where one database runs it. */
export interface Placed {
  readonly dialect: Dialect;
  readonly operation: Operation;
  /** Just before it. */
  readonly schema: Schema;
}

/** What a reader should know of a change before it runs: what is lost, what the rows must be like, where a table is copied. */
export function describeCautions(places: readonly Placed[]): readonly string[] {
  const said = places.flatMap(({ operation }) => partsOf(operation).flatMap((part) => cautionOf(part) ?? []));
  const copying = places.filter(copiesTable).map(({ dialect }) => dialect.name);
  const copies = copying.length === 0 ? [] : [`Copies the table on ${copying.join(', ')}.`];
  return [...new Set([...said, ...copies])].map(escapeUnseen);
}

function copiesTable({ dialect, operation, schema }: Placed): boolean {
  if (dialect.traits.rebuilds.has(operation.kind)) return true;
  return classify(operation, schema, dialect) === 'rebuilding';
}

function cautionOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'dropTable':
      return `Loses every row of ${displayTable(operation.table.name)}.`;
    case 'dropColumn':
      return operation.column.generated
        ? undefined
        : `Loses every value of ${nameOf(operation.table, operation.column.name)}.`;
    case 'changeGenerated':
      return operation.before.generated
        ? undefined
        : `Loses every value of ${nameOf(operation.table, operation.before.name)}: it is computed from now on.`;
    case 'changeType':
      return cautionOfType(operation);
    case 'alterEnum':
      return cautionOfEnum(operation.from.filter((value) => !operation.to.includes(value)));
    case 'setNullability':
      return operation.nullable
        ? undefined
        : `Needs a value in ${nameOf(operation.table, operation.column)} of every row.`;
    case 'addPrimaryKey':
      return `Needs values and no duplicates in (${operation.primaryKey.columns.join(', ')}).`;
    case 'addIndex':
      return operation.index.unique ? `Needs no duplicates in (${describeParts(operation.index)}).` : undefined;
    case 'addForeignKey':
      return `Needs a row of ${displayTable(operation.foreignKey.references.table)} for every (${operation.foreignKey.columns.join(', ')}).`;
    case 'addCheck':
      return `Needs ${operation.check.expression} in every row.`;
    case 'backfill':
      return `Writes to every row of ${displayTable(operation.table)} whose ${operation.column} is NULL.`;
    default:
      return undefined;
  }
}

function cautionOfType({ table, column, to, change }: Extract<Operation, { kind: 'changeType' }>): string | undefined {
  if (change === 'narrowing') return `Loses what of ${nameOf(table, column)} does not fit into ${describeType(to)}.`;
  return change === 'lateral'
    ? `Needs values of ${nameOf(table, column)} that convert to ${describeType(to)}.`
    : undefined;
}

function cautionOfEnum(gone: readonly string[]): string | undefined {
  return gone.length === 0 ? undefined : `Needs no row with ${gone.map((value) => JSON.stringify(value)).join(', ')}.`;
}

const nameOf = (table: string, column: string): string => `${displayTable(table)}.${column}`;
