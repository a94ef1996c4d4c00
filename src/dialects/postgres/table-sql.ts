import { parseTableKey } from '../../schema/names.ts';
import type { Check, ForeignKey, Index, PrimaryKey, Table } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { columnDefinition, commentStatements } from './column-sql.ts';
import { commentOnIndex, createIndex, uniqueClause } from './index-sql.ts';
import { keptStatements } from './kept-sql.ts';
import { createPartitions, partitionClause } from './partitioning.ts';
import { ansi, quoteKey } from './quote.ts';
import { createTriggerStatements } from './trigger-sql.ts';

/** A whole table: itself, its partitions, its indexes, what was not validated, its comments and triggers. */
export function createTableStatements(table: Table, options: { readonly temporary?: boolean } = {}): Statement[] {
  const constraints = constraintsWithin(table);
  const indexes = table.indexes.filter((index) => !constraints.includes(index));
  return [
    {
      text: `create ${prefix(table, options.temporary)}table ${quoteKey(table.name)} (${body(table)})${partitionClause(table)}${storage(table)}`,
    },
    ...(table.partitioning ? createPartitions(table.name, table.partitioning) : []),
    ...indexes.flatMap((index) => createIndex(table.name, index)),
    ...constraints.flatMap((index) => commentOnIndex(table.name, index)),
    ...table.checks.filter(({ invalid }) => invalid).map((check) => addCheckStatement(table.name, check)),
    ...table.foreignKeys.filter(({ invalid }) => invalid).map((key) => addForeignKeyStatement(table.name, key)),
    ...commentStatements(table.name, Object.values(table.columns), table.comment),
    ...table.triggers.flatMap((trigger) => createTriggerStatements(table.name, trigger)),
    ...(options.temporary ? [] : Object.values(table.columns).flatMap((column) => keptStatements(table.name, column))),
  ];
}

/** Adds a check; one that was never validated stays so. */
export function addCheckStatement(table: string, check: Check): Statement {
  return { text: `alter table ${quoteKey(table)} add ${ansi.checkClause(check)}${check.invalid ? ' not valid' : ''}` };
}

/** Adds a foreign key; one that was never validated stays so. */
export function addForeignKeyStatement(table: string, key: ForeignKey): Statement {
  return { text: `alter table ${quoteKey(table)} add ${ansi.foreignKeyClause(key)}${key.invalid ? ' not valid' : ''}` };
}

function body(table: Table): string {
  const lines = [
    ...Object.values(table.columns).map(columnDefinition),
    ...(table.primaryKey ? [primaryKeyClause(table.name, table.primaryKey)] : []),
    ...constraintsWithin(table).map(uniqueClause),
    ...table.checks.filter(({ invalid }) => !invalid).map(ansi.checkClause),
    ...table.foreignKeys.filter(({ invalid }) => !invalid).map(ansi.foreignKeyClause),
  ];
  return lines.join(', ');
}

/** Of several keys over the same columns, `create table` makes one without a word: the others are added after it. */
function constraintsWithin({ indexes, primaryKey }: Table): Index[] {
  const made = new Set([JSON.stringify(primaryKey?.columns)]);
  return indexes.filter(({ constraint, parts }) => {
    const columns = JSON.stringify(parts.map(({ column }) => column));
    if (!constraint || made.has(columns)) return false;
    made.add(columns);
    return true;
  });
}

function prefix({ storage: facts }: Table, temporary: boolean | undefined): string {
  if (temporary) return 'temporary ';
  return facts?.['unlogged'] === true ? 'unlogged ' : '';
}

/** `reloptions` as the catalog lists them: `fillfactor=70, autovacuum_enabled=false`. */
function storage({ storage: facts }: Table): string {
  const options = facts?.['with'];
  return typeof options === 'string' ? ` with (${options})` : '';
}

/** PostgreSQL's own name for a key is left to it: another table may hold that name, and it then finds a free one. */
function primaryKeyClause(table: string, { name, columns }: PrimaryKey): string {
  const isDefault = name === undefined || name === `${parseTableKey(table).name}_pkey`;
  return ansi.primaryKeyClause(isDefault ? { columns } : { name, columns });
}
