import type { Column, Table } from '../../schema/schema.ts';
import type { Types } from '../dialect.ts';
import { closed } from '../ansi-sql.ts';
import { writeDefault } from './default.ts';
import { refuseUnreadable, type Flavor } from './flavor.ts';
import { literal, quote } from './quote.ts';

/** What writing a table's parts needs to know. */
export interface Writing {
  readonly flavor: Flavor;
  readonly types: Types;
}

/** A whole column definition, as `create table`, `add column` and `modify column` take it. */
export function writeColumn({ flavor, types }: Writing, column: Column, table: Pick<Table, 'checks'>): string {
  refuseUnreadableIn(flavor, column);
  const words = [quote(column.name), types.write(column.type)];
  if (compressible.has(column.type.type)) words.push(...word(column, 'compression'));
  if (column.collation !== undefined) words.push(`collate ${column.collation.replaceAll(/\W/gu, '')}`);
  if (column.generated) words.push(...writeGenerated(flavor, column));
  else words.push(...writeStored(flavor, column));
  if (column.storage?.['invisible']) words.push('invisible');
  if (column.storage?.['unversioned']) words.push('without system versioning');
  if (column.type.type === 'native') words.push(...word(column, 'srid').map((srid) => `srid ${srid}`));
  if (column.comment !== undefined) words.push(`comment ${literal(column.comment)}`);
  const check = columnCheck(flavor, table, column.name);
  // MariaDB: MODIFY takes away the check of a column unless it is said again.
  if (check) words.push(`check (${closed(check.expression)})`);
  return words.join(' ');
}

const compressible: ReadonlySet<string> = new Set(['string', 'text', 'binary', 'native']);

function word({ storage }: Column, key: string): string[] {
  const found = storage?.[key];
  return typeof found === 'string' ? [found.replaceAll(/[^\w=]/gu, '')] : [];
}

/** The check that belongs to a column rather than to its table (MariaDB): the one that bears its name. */
export function columnCheck(
  flavor: Flavor,
  table: Pick<Table, 'checks'>,
  column: string,
): Table['checks'][number] | undefined {
  return flavor.columnChecks ? table.checks.find(({ name }) => name === column) : undefined;
}

/** Refuses texts of a column that the catalog would not give back. */
export function refuseUnreadableIn(flavor: Flavor, { name, type, comment, default: value, generated }: Column): void {
  refuseUnreadable(flavor, name, 'the name of a column');
  refuseUnreadable(flavor, comment, `the comment of ${name}`);
  if (type.type === 'enum') refuseUnreadable(flavor, type.values.join(''), `the values of ${name}`);
  if (value && 'value' in value) refuseUnreadable(flavor, String(value.value), `the default of ${name}`);
  if (flavor.catalogHoldsAllExpressions) return;
  refuseUnreadable(flavor, generated?.expression, `the expression of ${name}`);
  if (value && 'sql' in value) refuseUnreadable(flavor, JSON.stringify(value.sql), `the default of ${name}`);
}

function writeGenerated(flavor: Flavor, { generated, nullable }: Column): string[] {
  const words = [
    `generated always as (${closed(generated?.expression ?? 'null')}) ${generated?.stored ? 'stored' : 'virtual'}`,
  ];
  return nullable || !flavor.generatedMayBeNotNull ? words : [...words, 'not null'];
}

function writeStored(flavor: Flavor, column: Column): string[] {
  // `null` is said too: an old setting makes a timestamp NOT NULL when nothing is.
  const words = [column.nullable ? 'null' : 'not null'];
  if (column.default && !column.autoIncrement)
    words.push(`default ${writeDefault(flavor, column.type, column.default)}`);
  if (column.onUpdate !== undefined) words.push(`on update ${column.onUpdate}`);
  if (column.autoIncrement) words.push('auto_increment');
  return words;
}
