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
    ...storageOf(row),
  };
  if (/(?:virtual|stored|persistent) generated/u.test(extra)) {
    const expression = catalog.readExpression(row.expression ?? '');
    return { ...base, generated: { expression, stored: !extra.includes('virtual') }, ...looks };
  }
  const onUpdate = /on update (\S+)/u.exec(extra)?.[1];
  const hasNone = extra.includes('auto_increment') || isForcedDefault(row);
  const found = hasNone ? undefined : catalog.readDefault(row);
  const value = found && catalog.types.canonicalDefault(type, found);
  return {
    ...base,
    ...(value && !('value' in value && value.value === null) && { default: value }),
    ...(extra.includes('auto_increment') && { autoIncrement: true }),
    ...(onUpdate !== undefined && { onUpdate: canonicalExpression(onUpdate) }),
    ...looks,
  };
}

/** MariaDB gives a compressed column that is NOT NULL the empty default, which nothing takes away. */
function isForcedDefault({ columnType, isNullable, columnDefault }: ColumnRow): boolean {
  return isNullable === 'NO' && columnDefault === "''" && compression.test(columnType);
}

function readColumnType({ types }: Catalog, row: ColumnRow, checks: readonly CheckRow[]): LogicalType {
  if (checks.some((check) => isJsonCheck(check, row))) return { type: 'json' };
  return types.read(row.columnType.replace(compression, ''));
}

/** MariaDB writes it into the type, for itself alone: `varchar(20) /*M!100301 COMPRESSED*\/`. */
const compression = / ?\/\*M!\d+ (compressed\S*)\*\//iu;

/** What a definition that leaves it out would take away. */
function storageOf({ extra, columnType, srid }: ColumnRow): Pick<Column, 'storage'> {
  const compressed = compression.exec(columnType)?.[1]?.toLowerCase();
  const storage = {
    ...(/\binvisible\b/iu.test(extra) && { invisible: true as const }),
    ...(/\bwithout system versioning\b/iu.test(extra) && { unversioned: true as const }),
    ...(compressed !== undefined && { compression: compressed }),
    ...(srid !== null && { srid: String(srid) }),
  };
  return Object.keys(storage).length > 0 ? { storage } : {};
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
