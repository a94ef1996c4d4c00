import type { ObjectRef } from '../../src/diff/index.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { DatabaseKind } from '../support/databases.ts';
import type { NotOurs } from './states/index.ts';

/** What a state expects to be left alone, in words that `describeNamed` uses too. */
export function describeExpected(found: NotOurs, database: DatabaseKind): string {
  switch (found.kind) {
    case 'table':
      return `table ${found.table}`;
    case 'column':
      return `column ${found.table}.${found.name}`;
    case 'foreignKey':
      return `foreign key ${found.table}(${found.columns.join()}) → ${found.references}`;
    case 'primaryKey':
    case 'partitioning':
      return `${found.kind} ${found.table}(${found.columns.join()})`;
    default:
      return describeIndex(database, {
        unique: found.kind === 'unique',
        table: found.table,
        columns: found.columns,
        name: found.name,
      });
  }
}

/** What a plan names as not ours, in the same words; `actual` is the schema that the plan was made for. */
export function describeNamed({ kind, table = '', name }: ObjectRef, actual: Schema, database: DatabaseKind): string {
  const found = actual.tables[table];
  switch (kind) {
    case 'column':
      return `column ${table}.${name}`;
    case 'foreignKey': {
      const key = found?.foreignKeys.find((candidate) => candidate.name === name);
      return `foreign key ${table}(${key?.columns.join()}) → ${key?.references.table}`;
    }
    case 'primaryKey':
      return `primaryKey ${table}(${found?.primaryKey?.columns.join()})`;
    case 'partitioning':
      return `partitioning ${table}(${found?.partitioning?.by.replaceAll('`', '')})`;
    case 'index': {
      const index = found?.indexes.find((candidate) => candidate.name === name);
      return describeIndex(database, {
        unique: index?.unique ?? false,
        table,
        columns: index?.parts.map(({ column }) => column) ?? [],
        name,
      });
    }
    default:
      return `${kind} ${name}`;
  }
}

interface DescribedIndex {
  readonly unique: boolean;
  readonly table: string;
  readonly columns: readonly (string | undefined)[];
  readonly name: string;
}

/** The catalog of SQLite numbers the unique keys of a table, whatever the statement calls them. */
function describeIndex(database: DatabaseKind, { unique, table, columns, name }: DescribedIndex): string {
  return `${unique ? 'unique' : 'index'} ${table}(${columns.join()})${database === 'sqlite' && unique ? '' : ` ${name}`}`;
}
