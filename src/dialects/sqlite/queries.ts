import { sqlFor } from '../../schema/sql-by-dialect.ts';
import { parseTableKey } from '../../schema/names.ts';
import type { LogicalType } from '../../schema/logical-type.ts';
import type { IndexPart } from '../../schema/schema.ts';
import { closed } from '../ansi-sql.ts';
import type { Queries } from '../dialect.ts';
import { assumeTables } from '../assume.ts';
import { tryBackfill } from '../backfill-trial.ts';
import { ansi } from './ansi.ts';
import { writeDefault } from './default-value.ts';
import { meaningOf } from './meaning.ts';
import { literal, quote } from './quote.ts';
import { readStorage } from './storage.ts';

/** Questions to the rows. */
export const queries: Queries = {
  ...ansi.queries,
  sampleDuplicates: ({ name }, { parts, where }) => {
    const keys = parts.map(keyOf);
    const present = keys.map((key) => `${key} is not null`);
    const rows = [...(where === undefined ? [] : [`(${closed(where)})`]), ...present].join(' and ');
    const labelled = keys.map((key, at) => `${key} as ${quote(parts[at]?.column ?? parts[at]?.expression ?? 'key')}`);
    return {
      text: `select ${labelled.join(', ')}, count(*) as n from ${ansi.table(name)} where ${rows} group by ${keys.join(', ')} having count(*) > 1 order by count(*) desc limit 5`,
    };
  },
  sampleMisfits: (table, { name }, to) => {
    const value = `c.${quote(name)}`;
    const misfit = misfitOf(value, to);
    if (misfit === undefined) return undefined;
    return {
      text: `select ${value}, count(*) as n from ${ansi.table(table)} c where ${value} is not null and (${misfit}) group by ${value} order by count(*) desc limit 5`,
    };
  },
  sizes: (tables) => ({
    // Leaf cells are rows, or nearly so without rowid; dbstat reads the pages of these tables only.
    text: `select t.key as name, coalesce(sum(s.ncell) filter (where s.pagetype = 'leaf'), 0) as rows, coalesce(sum(s.pgsize), 0) as bytes
      from (select value ->> 0 as key, value ->> 1 as name from json_each(?)) t left join dbstat s on s.name = t.name group by t.key`,
    parameters: [JSON.stringify(tables.map((key) => [key, parseTableKey(key).name]))],
  }),
  backfillBatch: (table, column, set, limit) => {
    const value = 'value' in set ? literal(set.value) : `(${closed(sqlFor('sqlite', set.sql) ?? 'null')})`;
    const key = readStorage(table).withoutRowid
      ? ansi.columns(table.primaryKey?.columns ?? [])
      : rowidOf(table.columns);
    const name = quote(column.name);
    return {
      text: `update ${ansi.table(table.name)} set ${name} = ${value} where (${key}) in (select ${key} from ${ansi.table(table.name)} where ${name} is null limit ${limit})`,
    };
  },
  tryBackfill: (trial) => {
    const sql = 'value' in trial.set ? literal(trial.set.value) : sqlFor('sqlite', trial.set.sql);
    if (sql === undefined) return undefined;
    const misfit = misfitOf('v.value', trial.column.type);
    return tryBackfill({ ...trial, sql }, { quote, table: ansi.table, values: (value) => `${value} as value`, misfit });
  },
  // The clock has milliseconds.
  now: () => ({ text: `select strftime('%Y-%m-%d %H:%M:%f000', 'now') as now` }),
  // A qualified name never means a common table expression; a bare one would be that one itself.
  assume: (assumptions, statement) =>
    assumeTables(assumptions, statement, {
      quote,
      base: (table) => `main.${ansi.table(table)}`,
      value: ({ type, default: value }) => (value ? writeDefault(type, value) : 'null'),
    }),
  refusal: () => undefined,
  lockHolders: () => undefined,
  foreignKeyViolations: (table) => ({ text: violations, parameters: [parseTableKey(table).name] }),
};

/**
 * One row per row without a parent, in the table and in its children. Left out are tables of which SQLite itself can check
 * nothing ("foreign key mismatch"): those with a reference to columns that are no key of the parent.
 */
const violations = `
  with target(name) as (select ?),
  touched(name) as (
    select distinct m.name from target, main.sqlite_master m join pragma_foreign_key_list(m.name, 'main') f
    where m.type = 'table' and (m.name = target.name collate nocase or f."table" = target.name collate nocase)),
  reference(child, id, parent, columns) as (
    select child, id, parent, group_concat(name, char(10)) from (
      select t.name as child, f.id as id, f."table" as parent, lower(f."to") as name
      from touched t join pragma_foreign_key_list(t.name, 'main') f where f."to" is not null order by t.name, f.id, lower(f."to"))
    group by child, id),
  parent(name) as (select distinct parent from reference),
  key(parent, columns) as (
    select parent, group_concat(name, char(10)) from (
      select p.name as parent, lower(c.name) as name from parent p join pragma_table_xinfo(p.name, 'main') c where c.pk > 0 order by p.name, lower(c.name))
    group by parent
    union all
    select parent, group_concat(name, char(10)) from (
      select p.name as parent, i.name as ix, lower(c.name) as name
      from parent p join pragma_index_list(p.name, 'main') i join pragma_index_info(i.name, 'main') c
      where i."unique" = 1 and i.partial = 0 order by p.name, i.name, lower(c.name))
    group by parent, ix),
  unclear(name) as (
    select r.child from reference r where exists (select 1 from pragma_table_xinfo(r.parent, 'main'))
      and not exists (select 1 from key k where k.parent = r.parent and k.columns = r.columns))
  select v."table" as "table", v.rowid as row, v.parent as parent from touched t join pragma_foreign_key_check(t.name, 'main') v
  where t.name not in (select name from unclear)`;

function keyOf({ column, expression, collation }: IndexPart): string {
  const key = column === undefined ? `(${closed(expression ?? '')})` : quote(column);
  return collation ? `${key} collate ${quote(collation)}` : key;
}

function rowidOf(columns: Readonly<Record<string, unknown>>): string {
  const taken = new Set(Object.keys(columns).map((name) => name.toLowerCase()));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? 'rowid';
}

/** When a stored value would not come back as a value of the new type; SQLite would keep it as it is. */
function misfitOf(value: string, to: LogicalType): string | undefined {
  const isBlob = `typeof(${value}) = 'blob'`;
  // Compared with a number, a text becomes one where all of it is one.
  const isNoNumber = `${isBlob} or ${value} <> cast(${value} as numeric)`;
  if (to.type === 'boolean') return `${value} not in (0, 1, '0', '1')`;
  if (to.type === 'uuid') return `typeof(${value}) <> 'text' or length(${value}) <> 36`;
  switch (meaningOf(to)) {
    case 'integer':
      return `${isNoNumber} or cast(${value} as numeric) <> cast(${value} as integer)`;
    case 'real':
    case 'numeric':
      return isNoNumber;
    case 'text':
      return isBlob;
    case 'date':
      return `typeof(${value}) <> 'integer' and date(${value}) is null`;
    case 'datetime':
      return `typeof(${value}) <> 'integer' and datetime(${value}) is null`;
    case 'time':
      return `typeof(${value}) <> 'integer' and time(${value}) is null`;
    case 'json':
      return `${isBlob} or not json_valid(${value})`;
    default:
      return undefined;
  }
}
