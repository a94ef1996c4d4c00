import { MigrateError } from '../../errors.ts';
import type { Column, Default, Index, Table } from '../../schema/schema.ts';
import type { Session } from '../session.ts';
import { withCleanUp } from '../with-clean-up.ts';
import { writeColumn } from './column-sql.ts';
import { classifyError } from './errors.ts';
import { canonicalExpression } from './expression.ts';
import { writeIndex } from './index-sql.ts';
import type { Catalog } from './inspect.ts';
import { readCreateTable, type WrittenColumn, type WrittenTable } from './read-create-table.ts';
import { quote } from './quote.ts';
import { writeCheck } from './table-sql.ts';

const scratch = quote('mikrate_echo');

/**
 * How the server spells this table's expressions, asked by way of a temporary table, which commits nothing.
 * `undefined` where the server refuses to make it: no right to, or an expression that it does not take.
 */
export async function echo(catalog: Catalog, session: Session, table: Table): Promise<Table | undefined> {
  try {
    await session.run(
      `create temporary table ${scratch} (${parts(catalog, askable(table)).join(', ')}) ${collationOf(table)}`,
    );
  } catch (error) {
    if (!(error instanceof MigrateError) && classifyError(error)?.answered === false) throw error;
    return undefined;
  }
  const readBack = async (): Promise<Table> => {
    const [row] = await session.query<Record<string, string>>(`show create table ${scratch}`);
    return respell(catalog, table, readCreateTable(row?.['Create Table'] ?? ''));
  };
  return withCleanUp(readBack, () => session.run(`drop temporary table ${scratch}`));
}

/** What a temporary table can hold of this one: columns, checks and index expressions, under names that no other table has. */
function askable(table: Table): Table {
  return {
    name: 'mikrate_echo',
    columns: Object.fromEntries(
      Object.entries(table.columns).map(([name, { autoIncrement: _, ...column }]) => [name, column]),
    ),
    indexes: expressionIndexes(table).map((index, at): Index => ({
      name: `i${at}`,
      parts: index.parts,
      unique: false,
    })),
    foreignKeys: [],
    checks: table.checks.map((check, at) => ({ name: `mikrate_echo_${at}`, expression: check.expression })),
    triggers: [],
  };
}

const expressionIndexes = (table: Table): Index[] =>
  table.indexes.filter(({ parts: keys }) => keys.some(({ expression }) => expression !== undefined));

function parts(catalog: Catalog, table: Table): string[] {
  return [
    ...Object.values(table.columns).map((column) => writeColumn(catalog, column, { checks: [] })),
    ...table.indexes.map((index) => writeIndex(catalog, index, table)),
    ...table.checks.map((check) => writeCheck(catalog.flavor, check)),
  ];
}

function collationOf({ storage }: Table): string {
  const collation = storage?.['collation'];
  return typeof collation === 'string'
    ? `default charset=${collation.split('_')[0]} collate=${collation.replaceAll(/\W/gu, '')}`
    : 'default charset=utf8mb4';
}

function respell(catalog: Catalog, table: Table, written: WrittenTable): Table {
  const indexes = expressionIndexes(table);
  return {
    ...table,
    columns: Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => [
        name,
        respellColumn(catalog, column, written.columns[name]),
      ]),
    ),
    checks: table.checks.map((check, at) => ({
      ...check,
      expression: canonicalExpression(written.checks[`mikrate_echo_${at}`] ?? check.expression),
    })),
    indexes: table.indexes.map((index) => respellIndex(index, written.indexes[`i${indexes.indexOf(index)}`])),
  };
}

function respellColumn({ types }: Catalog, column: Column, written: WrittenColumn | undefined): Column {
  const { generated, default: value, onUpdate } = column;
  const echoed: Default | undefined =
    value && written?.default !== undefined ? types.canonicalDefault(column.type, { sql: written.default }) : value;
  return {
    ...column,
    ...(generated && {
      generated: { ...generated, expression: canonicalExpression(written?.generated ?? generated.expression) },
    }),
    ...(echoed && { default: echoed }),
    ...(onUpdate !== undefined && { onUpdate: canonicalExpression(written?.onUpdate ?? onUpdate) }),
  };
}

function respellIndex(index: Index, written: readonly string[] | undefined): Index {
  if (!written) return index;
  const part = (item: Index['parts'][number], at: number): Index['parts'][number] =>
    item.expression === undefined ? item : { ...item, expression: canonicalExpression(written[at] ?? item.expression) };
  return { ...index, parts: index.parts.map(part) };
}
