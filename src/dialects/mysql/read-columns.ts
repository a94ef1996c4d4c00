import type { LogicalType } from '../../schema/logical-type.ts';
import type { Check, Column } from '../../schema/schema.ts';
import type { CheckRow, ColumnRow, TableRow } from './catalog.ts';
import { canonicalExpression } from './expression.ts';
import type { Catalog } from './inspect.ts';
import { quote } from './quote.ts';

/** A column in normal form. */
export function readColumn(
  catalog: Catalog,
  row: ColumnRow,
  { table, checks }: { readonly table: TableRow; readonly checks: readonly CheckRow[] },
): Column {
  const type = readColumnType(catalog, row, checks);
  const extra = row.extra.toLowerCase();
  const base = { name: row.columnName, type, nullable: row.isNullable === 'YES' };
  const looks = {
    ...(row.comment && { comment: row.comment }),
    ...(row.collation !== null &&
      row.collation !== table.collation &&
      type.type !== 'json' && { collation: row.collation }),
  };
  if (/(?:virtual|stored|persistent) generated/u.test(extra)) {
    const expression = catalog.readExpression(row.expression ?? '');
    return { ...base, generated: { expression, stored: !extra.includes('virtual') }, ...looks };
  }
  const onUpdate = /on update (\S+)/u.exec(extra)?.[1];
  const found = extra.includes('auto_increment') ? undefined : catalog.readDefault(row);
  const value = found && catalog.types.canonicalDefault(type, found);
  return {
    ...base,
    ...(value && !('value' in value && value.value === null) && { default: value }),
    ...(extra.includes('auto_increment') && { autoIncrement: true }),
    ...(onUpdate !== undefined && { onUpdate: canonicalExpression(onUpdate) }),
    ...looks,
  };
}

function readColumnType({ types }: Catalog, row: ColumnRow, checks: readonly CheckRow[]): LogicalType {
  return checks.some((check) => isJsonCheck(check, row)) ? { type: 'json' } : types.read(row.columnType);
}

/** MariaDB's `json` is a longtext with this check. */
function isJsonCheck({ constraintName, level, clause }: CheckRow, { columnName, columnType }: ColumnRow): boolean {
  return (
    level === 'Column' &&
    constraintName === columnName &&
    columnType === 'longtext' &&
    canonicalExpression(clause) === `json_valid(${quote(columnName)})`
  );
}

/** The checks of a table without those that only make a column json. */
export function readChecks(catalog: Catalog, rows: readonly CheckRow[], columns: readonly ColumnRow[]): Check[] {
  return rows
    .filter((row) => !columns.some((column) => isJsonCheck(row, column)))
    .map((row): Check => ({
      name: row.constraintName,
      expression: catalog.readExpression(row.clause),
      ...(row.enforced === 'NO' && { invalid: true }),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
