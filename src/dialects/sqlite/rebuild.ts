import { parseTableKey, tableKey } from '../../schema/names.ts';
import type { Schema, Table } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { ansi } from './ansi.ts';
import { fold } from './lexis.ts';
import { literal, quote } from './quote.ts';
import { readStorage } from './storage.ts';
import { rowidAlias, writeIndex, writeTable } from './write-table.ts';

/** What a rebuild turns into what. */
export interface Rebuild {
  readonly before: Table;
  readonly after: Table;
  /** Each column of `after` that takes its values from a column of `before`, which may have another name. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Makes the table anew with all its rows, by the steps of https://www.sqlite.org/lang_altertable.html#otheralter.
 * Foreign keys must be off (else dropping the old table deletes the rows of its children) and a transaction open.
 */
export function rebuild({ before, after, sources }: Rebuild, schema: Schema): Statement[] {
  const copy = unusedName(before, schema);
  return [
    { text: writeTable(after, copy) },
    { text: copyRows({ before, after, sources }, copy) },
    {
      text: `select 1 where (select count(*) from ${ansi.table(before.name)}) <> (select count(*) from ${ansi.table(copy)})`,
      expect: 'no rows',
    },
    ...keepSequence(before, after, copy),
    { text: `drop table ${ansi.table(before.name)}` },
    ...renameOnly(copy, before.name),
    ...after.indexes.filter(({ constraint }) => !constraint).map((index) => ({ text: writeIndex(before.name, index) })),
    ...after.triggers.map(({ definition }) => ({ text: definition })),
  ];
}

/**
 * Views, triggers and foreign keys of other tables name the old table, which the new one becomes: they stay as they are,
 * and what is broken in them already stands in nobody's way. The usual rename would read and rewrite all of them.
 */
function renameOnly(from: string, to: string): Statement[] {
  return [
    { text: 'pragma legacy_alter_table = on' },
    { text: `alter table ${ansi.table(from)} rename to ${ansi.table(to)}` },
    { text: 'pragma legacy_alter_table = off' },
  ];
}

function copyRows({ before, after, sources }: Rebuild, copy: string): string {
  const columns = Object.values(after.columns).filter(({ name, generated }) => !generated && sources.has(name));
  const rowid = keptRowid(before, after);
  const into = [...(rowid ? [rowid] : []), ...columns.map(({ name }) => quote(name))];
  const from = [
    ...(rowid ? [`o.${rowid}`] : []),
    ...columns.map((column) => `o.${quote(sources.get(column.name) ?? column.name)}`),
  ];
  // Where no column stays, as many rows stay.
  if (into.length === 0) return `insert into ${ansi.table(copy)} (rowid) select null from ${ansi.table(before.name)}`;
  return `insert into ${ansi.table(copy)} (${into.join(', ')}) select ${from.join(', ')} from ${ansi.table(before.name)} o`;
}

/** The name by which the hidden row number is copied: search indexes and applications may hold it. */
function keptRowid(before: Table, after: Table): string | undefined {
  const hasRowid = (table: Table): boolean => !readStorage(table).withoutRowid && rowidAlias(table) === undefined;
  if (!hasRowid(before) || !hasRowid(after)) return undefined;
  const taken = new Set([...Object.keys(before.columns), ...Object.keys(after.columns)].map(fold));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
}

/** AUTOINCREMENT never gives out an id twice: the highest one that ever was goes with the table. */
function keepSequence(before: Table, after: Table, copy: string): Statement[] {
  const counts = (table: Table): boolean => rowidAlias(table) !== undefined && !readStorage(table).reusesIds;
  if (!counts(before) || !counts(after)) return [];
  const [old, fresh] = [before.name, copy].map((key) => literal(parseTableKey(key).name));
  return [
    { text: `delete from sqlite_sequence where name = ${fresh}` },
    { text: `insert into sqlite_sequence (name, seq) select ${fresh}, seq from sqlite_sequence where name = ${old}` },
  ];
}

function unusedName(table: Table, schema: Schema): string {
  const taken = new Set(
    [...Object.keys(schema.tables), ...Object.keys(schema.views)].map((key) => fold(parseTableKey(key).name)),
  );
  for (const { indexes } of Object.values(schema.tables)) for (const { name } of indexes) taken.add(fold(name));
  let name = `_mikrate_${parseTableKey(table.name).name}`;
  while (taken.has(fold(name))) name = `_${name}`;
  return tableKey(name);
}
