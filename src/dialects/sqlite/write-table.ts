import { displayTable } from '../../schema/names.ts';
import type { Check, Column, ForeignKey, Index, IndexPart, Table } from '../../schema/schema.ts';
import { closed, deferral } from '../ansi-sql.ts';
import { ansi } from './ansi.ts';
import { isAutoName } from './auto-name.ts';
import { writeDefault } from './default-value.ts';
import { fold } from './lexis.ts';
import { notSupported } from './not-supported.ts';
import { quote } from './quote.ts';
import { notNullConflictKey, readStorage, uniqueConflictKey, type Storage } from './storage.ts';
import { types, writeStrict } from './types.ts';

/** `create table` with columns, keys, unique constraints, foreign keys and checks; `as` is another name for it. */
export function writeTable(table: Table, as: string = table.name): string {
  const storage = readStorage(table);
  refuseForeignTable(table);
  if (Object.keys(table.columns).length === 0)
    throw notSupported(`keep the table ${displayTable(table.name)} without columns`, 'lang_createtable.html');
  const items = [
    ...Object.values(table.columns).map((column) => writeColumn(column, table)),
    ...(table.primaryKey && !rowidAlias(table) ? [writePrimaryKey(table, storage)] : []),
    ...table.indexes.filter(({ constraint }) => constraint).map((index) => writeUnique(index, storage)),
    ...table.foreignKeys.map(writeForeignKey),
    ...table.checks.map(writeCheck),
  ];
  return `create table ${ansi.table(as)} (${items.join(', ')})${writeOptions(storage)}`;
}

/** A column with what belongs to it alone. */
export function writeColumn(column: Column, table: Table): string {
  refuseForeignColumn(column);
  const storage = readStorage(table);
  const isAlias = rowidAlias(table) === column.name;
  const clauses = [
    quote(column.name),
    isAlias ? 'integer' : writeType(column, table, storage),
    isAlias ? writeAlias(table, storage) : writeNull(column, table, storage),
    column.default && !column.generated ? `default ${writeDefault(column.type, column.default)}` : '',
    column.collation ? `collate ${quote(column.collation)}` : '',
    column.generated
      ? `generated always as (${closed(column.generated.expression)}) ${column.generated.stored ? 'stored' : 'virtual'}`
      : '',
  ];
  return clauses.filter((clause) => clause !== '').join(' ');
}

/** `create index` for one that no constraint makes. */
export function writeIndex(table: string, index: Index): string {
  refuseForeign(index);
  const predicate = index.where === undefined ? '' : ` where ${index.where}`;
  return `create ${index.unique ? 'unique ' : ''}index ${quote(index.name)} on ${ansi.table(table)} (${index.parts.map(writePart).join(', ')})${predicate}`;
}

/** The column that is another name for the rowid, by which SQLite numbers rows. */
export function rowidAlias({ columns, primaryKey, storage }: Table): string | undefined {
  const [only, second] = primaryKey?.columns ?? [];
  if (only === undefined || second !== undefined || storage?.['withoutRowid']) return undefined;
  return columns[only]?.autoIncrement ? only : undefined;
}

function writeType(column: Column, table: Table, storage: Storage): string {
  const physical = storage.strict ? writeStrict(column.type) : types.write(column.type);
  const isOnlyKey = table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name;
  // INTEGER as the only key column would be numbered by SQLite; INT is not.
  return isOnlyKey && !storage.withoutRowid && fold(physical) === 'integer' ? 'int' : physical;
}

function writeAlias(table: Table, storage: Storage): string {
  const name = table.primaryKey?.name;
  const constraint = name === undefined || isAutoName(name) ? '' : `constraint ${quote(name)} `;
  return `not null ${constraint}primary key${writeConflict(storage.onConflict['primary key'])}${storage.reusesIds ? '' : ' autoincrement'}`;
}

function writeNull(column: Column, table: Table, storage: Storage): string {
  const isKey = table.primaryKey?.columns.includes(column.name) ?? false;
  if (isKey ? storage.nullableKey.includes(column.name) : column.nullable) return '';
  return `not null${writeConflict(storage.onConflict[notNullConflictKey(column.name)])}`;
}

function writePrimaryKey({ primaryKey }: Table, storage: Storage): string {
  const columns = primaryKey?.columns ?? [];
  const parts = columns.map((name) =>
    writePart({
      column: name,
      ...(storage.keyCollations[name] && { collation: storage.keyCollations[name] }),
      ...(storage.descendingKey.includes(name) && { descending: true }),
    }),
  );
  return `${writeName(primaryKey?.name)}primary key (${parts.join(', ')})${writeConflict(storage.onConflict['primary key'])}`;
}

function writeUnique(index: Index, storage: Storage): string {
  refuseForeign(index);
  if (index.where !== undefined || index.parts.some(({ expression }) => expression !== undefined))
    throw notSupported(
      `make a unique constraint of an expression or a part of the rows (${index.name})`,
      'lang_createtable.html#unique_constraints',
    );
  const columns = index.parts.map(({ column }) => column ?? '');
  return `${writeName(index.name)}unique (${index.parts.map(writePart).join(', ')})${writeConflict(storage.onConflict[uniqueConflictKey(columns)])}`;
}

function writeForeignKey(key: ForeignKey): string {
  const plain = isAutoName(key.name) ? { ...key, name: '' } : key;
  if (key.references.columns.length > 0) return ansi.foreignKeyClause(plain);
  // A reference to the key of a table that is not there.
  return `${writeName(key.name)}foreign key (${ansi.columns(key.columns)}) references ${ansi.table(key.references.table)}${deferral(key.deferrable)}`;
}

function writeCheck(check: Check): string {
  return ansi.checkClause(isAutoName(check.name) ? { ...check, name: '' } : check);
}

function writePart({ column, expression, descending, collation }: IndexPart): string {
  const key = column === undefined ? `(${closed(expression ?? '')})` : quote(column);
  return `${key}${collation ? ` collate ${quote(collation)}` : ''}${descending ? ' desc' : ''}`;
}

const writeName = (name: string | undefined): string =>
  name === undefined || isAutoName(name) ? '' : `constraint ${quote(name)} `;
const writeConflict = (resolution: string | undefined): string =>
  resolution === undefined ? '' : ` on conflict ${resolution}`;

function writeOptions({ strict, withoutRowid }: Storage): string {
  const options = [...(strict ? ['strict'] : []), ...(withoutRowid ? ['without rowid'] : [])];
  return options.length > 0 ? ` ${options.join(', ')}` : '';
}

/** Refuses what other databases' indexes have and SQLite's cannot. */
function refuseForeign(index: Index): void {
  const manual = 'lang_createindex.html';
  if (index.nullsNotDistinct) throw notSupported(`treat NULLs as equal in the unique index ${index.name}`, manual);
  if (index.method !== undefined)
    throw notSupported(`make the index ${index.name} with the method ${index.method}`, manual);
  if (index.include) throw notSupported(`store columns beside the key of the index ${index.name}`, manual);
  if (index.deferrable)
    throw notSupported(`check the unique constraint ${index.name} at commit`, 'lang_createtable.html');
  if (index.invisible) throw notSupported(`hide the index ${index.name} from the query planner`, manual);
  if (index.comment !== undefined) throw notSupported(`keep the comment of the index ${index.name}`, 'lang.html');
  const odd = index.parts.find(
    (part) => part.length !== undefined || part.nulls !== undefined || part.operatorClass !== undefined,
  );
  if (odd)
    throw notSupported(
      `give a part of the index ${index.name} a prefix length, an order of NULLs or an operator class`,
      manual,
    );
}

/** Refuses what other databases' tables and columns have and SQLite's cannot; it would be lost without a word. */
function refuseForeignTable(table: Table): void {
  const where = displayTable(table.name);
  if (table.partitioning) throw notSupported(`partition ${where}`, 'limits.html');
  if (table.comment !== undefined) throw notSupported(`keep the comment of ${where}`, 'lang.html');
}

function refuseForeignColumn({ name, comment, onUpdate }: Column): void {
  if (comment !== undefined) throw notSupported(`keep the comment of ${name}`, 'lang.html');
  if (onUpdate !== undefined) throw notSupported(`set ${name} on each update`, 'lang_createtable.html');
}

/** Refuses a column that asks SQLite to number rows where it cannot. */
export function refuseAutoIncrement(table: Table): void {
  const column = Object.values(table.columns).find(({ autoIncrement }) => autoIncrement);
  if (column && rowidAlias(table) !== column.name)
    throw notSupported(
      `number the rows of ${displayTable(table.name)} by ${column.name}, which is not its only key column`,
      'autoinc.html',
    );
}
