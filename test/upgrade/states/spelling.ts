import type { DatabaseKind } from '../../support/databases.ts';
import type { OldColumn, OldTable, OldType, OldUnique } from './old-table.ts';

/** How SQLAlchemy wrote a table for one kind of database. */
interface Spelling {
  readonly quote: '"' | '`';
  readonly types: { readonly [K in Exclude<OldType['kind'], 'string'>]: string };
  readonly keyLengths: boolean;
  readonly suffix: string;
}

const mysql: Spelling = {
  quote: '`',
  types: {
    id: 'INTEGER NOT NULL AUTO_INCREMENT',
    int: 'INTEGER',
    text: 'TEXT',
    mediumtext: 'MEDIUMTEXT',
    boolean: 'BOOL',
    date: 'DATE',
    datetime: 'DATETIME',
  },
  keyLengths: true,
  suffix: ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4',
};

const spellings: { readonly [K in DatabaseKind]: Spelling } = {
  mysql,
  // It takes the whole columns, and makes the key USING HASH.
  mariadb: { ...mysql, keyLengths: false },
  postgresql: {
    quote: '"',
    types: {
      id: 'SERIAL NOT NULL',
      int: 'INTEGER',
      text: 'TEXT',
      mediumtext: 'TEXT',
      boolean: 'BOOLEAN',
      date: 'DATE',
      datetime: 'TIMESTAMP WITHOUT TIME ZONE',
    },
    keyLengths: false,
    suffix: '',
  },
  sqlite: {
    quote: '"',
    types: {
      id: 'INTEGER NOT NULL',
      int: 'INTEGER',
      text: 'TEXT',
      mediumtext: 'TEXT',
      boolean: 'BOOLEAN',
      date: 'DATE',
      datetime: 'DATETIME',
    },
    keyLengths: false,
    suffix: '',
  },
};

/** The statements that make an old table, its keys and indexes. */
export function createTableSql(kind: DatabaseKind, table: OldTable): string[] {
  const spelling = spellings[kind];
  const name = (column: string): string => quoteName(kind, column);
  const list = (columns: readonly string[]): string => columns.map(name).join(', ');
  const primaryKey = [table.columns[0]?.name ?? '', ...(table.widerKey ?? [])];
  const parts = [
    ...table.columns.map((column) => columnSql(kind, column)),
    `PRIMARY KEY (${list(primaryKey)})`,
    ...(table.uniques ?? []).map((unique) => inlineUniqueSql(kind, unique)),
    ...(table.foreignKeys ?? []).map(
      (key) => `FOREIGN KEY(${name(key.column)}) REFERENCES ${name(key.table)} (${name(key.references)})`,
    ),
  ];
  const partitions =
    spelling.quote === '`' && table.partitionedBy
      ? ` PARTITION BY KEY (${name(table.partitionedBy)}) PARTITIONS 16`
      : '';
  return [
    `CREATE TABLE ${name(table.name)} (\n\t${parts.join(', \n\t')}\n)${spelling.suffix}${partitions}`,
    ...(table.uniques ?? [])
      .filter((unique) => unique.doubled)
      .map((unique) => secondUniqueSql(kind, table.name, unique)),
    ...(table.indexes ?? []).map(
      (index) => `CREATE INDEX ${name(index.name)} ON ${name(table.name)} (${list(index.columns)})`,
    ),
  ];
}

/** A name in the quotes of the database. No name here holds a quote. */
export function quoteName(kind: DatabaseKind, name: string): string {
  const { quote } = spellings[kind];
  return quote + name + quote;
}

/** What the catalog calls a unique key that the old tool named so: SQLite keeps the name of a constraint in its SQL only. */
export function catalogNameOf(kind: DatabaseKind, table: OldTable, unique: OldUnique): string {
  if (kind !== 'sqlite') return unique.name ?? '';
  return databaseNameOf(kind, table, unique, (table.uniques ?? []).indexOf(unique) + 1);
}

/** What the database itself calls the unique key `unique` of `table`, the `position`th one in the table (from 1). */
export function databaseNameOf(kind: DatabaseKind, table: OldTable, unique: OldUnique, position: number): string {
  if (kind === 'sqlite') return `sqlite_autoindex_${table.name}_${position}`;
  if (kind === 'postgresql') return `${table.name}_${unique.columns.join('_')}_key`;
  return unique.columns[0] ?? '';
}

function columnSql(kind: DatabaseKind, { name, type, nullable }: OldColumn): string {
  const spelled = type.kind === 'string' ? `VARCHAR(${type.length})` : spellings[kind].types[type.kind];
  return `${quoteName(kind, name)} ${spelled}${nullable || type.kind === 'id' ? '' : ' NOT NULL'}`;
}

/** In `CREATE TABLE`. SQLite merges equal constraints, so there a doubled key is the nameless one here, an index later. */
function inlineUniqueSql(kind: DatabaseKind, unique: OldUnique): string {
  const named = unique.name !== undefined && !(unique.doubled && kind === 'sqlite');
  return `${named ? `CONSTRAINT ${quoteName(kind, unique.name ?? '')} ` : ''}UNIQUE (${keyColumnsSql(kind, unique)})`;
}

function secondUniqueSql(kind: DatabaseKind, table: string, unique: OldUnique): string {
  const columns = keyColumnsSql(kind, unique);
  if (kind !== 'sqlite') return `ALTER TABLE ${quoteName(kind, table)} ADD UNIQUE (${columns})`;
  return `CREATE UNIQUE INDEX ${quoteName(kind, unique.name ?? '')} ON ${quoteName(kind, table)} (${columns})`;
}

function keyColumnsSql(kind: DatabaseKind, { columns, mysqlPrefix = {} }: OldUnique): string {
  const length = (column: string): string =>
    spellings[kind].keyLengths && mysqlPrefix[column] ? `(${mysqlPrefix[column]})` : '';
  return columns.map((column) => quoteName(kind, column) + length(column)).join(', ');
}
