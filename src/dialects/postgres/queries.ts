import type { Column, Index, Table } from '../../schema/schema.ts';
import { closed } from '../ansi-sql.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import { tryBackfill } from '../backfill-trial.ts';
import type { BackfillTrial, PlainRow, Queries, Statement } from '../dialect.ts';
import { parseTableKey } from '../../schema/names.ts';
import { partKey } from './index-sql.ts';
import { refusal } from './refusals.ts';
import { assumeTables } from '../assume.ts';
import { canonicalDefault, writeDefault } from './default.ts';
import { sampleMisfits } from './misfits.ts';
import { normalType, writeType } from './types.ts';
import { ansi, literal, quote, quoteKey } from './quote.ts';

/** Questions to the rows of PostgreSQL. */
export const queries: Queries = {
  ...ansi.queries,
  hasRows: (table) => ({ text: `select 1 as found from ${quoteKey(table)} limit 1` }),
  insertRows,
  sampleDuplicates,
  sampleMisfits,
  sizes,
  backfillBatch,
  tryBackfill: tryBackfillSql,
  now: () => ({
    text: `select pg_catalog.to_char(pg_catalog.clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as now`,
  }),
  // A bare literal would be text.
  assume: (assumptions, statement) =>
    assumeTables(assumptions, statement, {
      quote,
      base: quoteKey,
      value: ({ type, default: value }) => `cast(${value ? writeDefault(type, value) : 'null'} as ${writeType(type)})`,
    }),
  foreignKeyViolations: () => undefined,
  lockHolders,
  refusal,
};

/** All rows are one parameter: thousands of them take the driver longer to write than the server to read. */
function insertRows(table: string, rows: readonly PlainRow[]): Statement {
  const names = ansi.columns(Object.keys(rows[0] ?? {}));
  return {
    text: `insert into ${quoteKey(table)} (${names}) select ${names} from pg_catalog.json_populate_recordset(null::${quoteKey(table)}, $1::json)`,
    // JSON of half a character would be refused; the driver writes U+FFFD in its place.
    parameters: [
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)),
    ],
  };
}

/** NULLs are distinct from each other unless the index says otherwise. */
function sampleDuplicates(table: Table, index: Pick<Index, 'parts' | 'where' | 'nullsNotDistinct'>): Statement {
  const keys = index.parts.map(partKey);
  const named = index.parts.map((part, at) => `${keys[at]} as ${quote(part.column ?? `expression ${at + 1}`)}`);
  const conditions = [
    ...(index.where === undefined ? [] : [`(${closed(index.where)})`]),
    ...(index.nullsNotDistinct ? [] : keys.map((key) => `(${key}) is not null`)),
  ];
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  return {
    text: `select ${named.join(', ')}, count(*) as n from ${quoteKey(table.name)}${where} group by ${keys.join(', ')} having count(*) > 1 order by count(*) desc limit 5`,
  };
}

/**
 * Rows and bytes of all tables at once, partitions with their parent. A table that was never analyzed has no count:
 * then a row is taken to need a hundred bytes.
 */
function sizes(tables: readonly string[]): Statement | undefined {
  if (tables.length === 0) return undefined;
  const wanted = tables.map((key) => ({ key, ...parseTableKey(key) }));
  const text = `select w.key as name, sum(r.rows)::float8 as rows, sum(r.bytes)::float8 as bytes
from pg_catalog.json_to_recordset($1::json) as w(key text, name text, namespace text)
join pg_catalog.pg_namespace n on n.nspname = coalesce(w.namespace, pg_catalog.current_schema())
join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name and c.relkind in ('r', 'p', 'f', 'm')
cross join lateral (
  select c.oid where c.relkind <> 'p'
  union all select t.relid from pg_catalog.pg_partition_tree(c.oid) t where c.relkind = 'p' and t.isleaf
) leaf
cross join lateral (
  select case when p.reltuples >= 0 and p.relpages > 0 then p.reltuples else pg_catalog.pg_relation_size(p.oid) / 100 end as rows,
    pg_catalog.pg_total_relation_size(p.oid) as bytes
  from pg_catalog.pg_class p where p.oid = leaf.oid
) r
group by w.key`;
  return { text, parameters: [JSON.stringify(wanted)] };
}

/** At most three; never what they do, which may hold values of rows. */
function lockHolders(tables: readonly string[]): Statement {
  const text = `select distinct pg_catalog.format('process %s of %s%s, %s since %s', a.pid, a.usename, ' (' || nullif(a.application_name, '') || ')', a.state, pg_catalog.to_char(a.state_change at time zone 'UTC', 'HH24:MI:SS')) as holder
from pg_catalog.json_to_recordset($1::json) as w(name text, namespace text)
join pg_catalog.pg_class c on c.relname = w.name
join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = coalesce(w.namespace, pg_catalog.current_schema())
join pg_catalog.pg_locks l on l.relation = c.oid and l.granted and l.pid <> pg_catalog.pg_backend_pid()
  and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
join pg_catalog.pg_stat_activity a on a.pid = l.pid limit 3`;
  return { text, parameters: [JSON.stringify(tables.map(parseTableKey))] };
}

/** A cast takes more than an assignment does: that the server would assign such a type is asked of its catalog. */
function tryBackfillSql(trial: BackfillTrial): Statement | undefined {
  const { column, set } = trial;
  const type = normalType(column.type);
  const sql = 'value' in set ? writeDefault(type, canonicalDefault(type, set)) : sqlFor('postgresql', set.sql);
  if (sql === undefined) return undefined;
  const target = writeType(column.type);
  const values = (value: string): string =>
    `cast(${value} as ${target}) as value, cast(${value} as text) as given, pg_catalog.pg_typeof(${value})::oid as type`;
  const cut = type.type === 'string' ? `pg_catalog.char_length(v.given) > ${type.length} or ` : '';
  const misfit = `${cut}not exists (select 1 from pg_catalog.pg_type t, pg_catalog.pg_type g where t.oid = ${literal(target)}::pg_catalog.regtype and g.oid = v.type
    and (t.typcategory = 'S' or g.typname = 'unknown' or t.oid in (g.oid, g.typbasetype) or (t.typcategory = 'A' and g.typcategory = 'A') or t.typtype = 'd'
      or exists (select 1 from pg_catalog.pg_cast k where k.castsource in (g.oid, g.typbasetype) and k.casttarget = t.oid and k.castcontext in ('a', 'i'))))`;
  return tryBackfill({ ...trial, sql }, { quote, table: quoteKey, values, misfit });
}

/** By row address, which needs no index; an address is unique within one partition only. */
function backfillBatch(
  table: Table,
  column: Column,
  set: { readonly value: string | number | boolean } | { readonly sql: string },
  limit: number,
): Statement {
  const name = quote(column.name);
  const target = quoteKey(table.name);
  // As a default of the column would be written: `1` for a boolean is true.
  const type = normalType(column.type);
  const value = 'value' in set ? writeDefault(type, canonicalDefault(type, set)) : `(${closed(set.sql)})`;
  const address = table.partitioning ? '(tableoid, ctid)' : 'ctid';
  const chosen = `select ${table.partitioning ? 'tableoid, ctid' : 'ctid'} from ${target} where ${name} is null limit ${Math.trunc(limit)}`;
  const rows = table.partitioning ? `${address} in (${chosen})` : `${address} = any (array(${chosen}))`;
  return { text: `update ${target} set ${name} = ${value} where ${rows} and ${name} is null` };
}
