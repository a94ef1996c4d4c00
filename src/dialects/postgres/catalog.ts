/** Rows of the catalog queries. Every value is cast to text or JSON text, so that no parser of the driver comes between. */
export interface RelationRow {
  readonly oid: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly kind: 'r' | 'p' | 'f' | 'v' | 'm';
  readonly comment: string | null;
  readonly definition: string | null;
  readonly partkey: string | null;
  readonly partitions: string | null;
  readonly unlogged: boolean;
  readonly options: string | null;
  /** JSON of `KeptRow`, of a view. */
  readonly kept: string | null;
}

/** What of a view goes with it when it is dropped. A grantee or column that is null is everybody, or the whole view. */
export interface KeptRow {
  readonly owner: string;
  readonly populated: boolean;
  readonly grants:
    | readonly (readonly [grantee: string | null, privilege: string, grantable: boolean, column: string | null])[]
    | null;
  readonly comments: readonly (readonly [column: string, comment: string])[] | null;
  readonly defaults: readonly (readonly [column: string, expression: string])[] | null;
  readonly rules: readonly string[] | null;
  /** The statement, the index's name, its comment. */
  readonly indexes: readonly (readonly [definition: string, name: string, comment: string | null])[] | null;
}

export interface ColumnRow {
  readonly table: string;
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly enum: string | null;
  readonly notnull: boolean;
  readonly default: string | null;
  readonly generated: string;
  readonly auto: boolean;
  readonly collation: string | null;
  readonly comment: string | null;
  /** JSON of `ColumnKeptRow`, where any of it is not what a new column has. */
  readonly kept: string | null;
}

/** What a column loses when it is made anew, and the first two by a new type. */
export interface ColumnKeptRow {
  readonly storage: string | null;
  readonly compression: string | null;
  readonly statistics: string | null;
  readonly options: string | null;
  readonly grants: KeptRow['grants'];
}

/** Something that has no word of ours and uses a column. */
export interface LeaningRow {
  readonly table: string;
  readonly number: number;
  /** It goes with the column without a word; else it keeps the column from going and from having another type. */
  readonly goes: boolean;
  /** In the server's words: `policy p on table t`. */
  readonly object: string;
}

export interface ConstraintRow {
  readonly table: string;
  readonly name: string;
  readonly kind: 'p' | 'u' | 'f' | 'c';
  /** JSON of the columns' numbers. */
  readonly columns: string;
  readonly expression: string | null;
  readonly target_namespace: string | null;
  readonly target: string | null;
  readonly target_oid: string;
  /** JSON of the numbers of the target's columns, and of their names where the target is not looked at itself. */
  readonly target_columns: string;
  readonly target_names: string | null;
  readonly on_delete: string;
  readonly on_update: string;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly valid: boolean;
  readonly index: string;
}

export interface IndexRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  readonly valid: boolean;
  readonly nulls_not_distinct: boolean;
  readonly predicate: string | null;
  /** Column numbers with spaces, 0 for an expression; after the first `key_count` they are only included. */
  readonly keys: string;
  readonly key_count: number;
  /** Bits per key, with spaces. */
  readonly options: string;
  /** JSON objects from the place in the key, counted from 1, to what is not the default there. */
  readonly expressions: string | null;
  readonly collations: string | null;
  readonly opclasses: string | null;
  readonly comment: string | null;
}

export interface EnumRow {
  readonly oid: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly values: string;
  readonly inside: boolean;
}

export interface TriggerRow {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
  /** `O` enabled, `D` disabled, `R` and `A` on a replica. */
  readonly enabled: string;
  readonly comment: string | null;
}

/** A namespace as table keys know it: none for the default one. */
const foreign = (name: string): string => `nullif(${name}::text, (select d.name from home d))`;

/** A name with its namespace where the session does not see it bare. */
const keyOf = (visible: string, namespace: string, name: string): string =>
  `case when ${visible} then ${name}::text else pg_catalog.format('%I.%I', ${namespace}, ${name}) end`;

/**
 * The relations that are looked at: those of the default namespace and of `$1` (a JSON array), all or the named ones of
 * `$2` (a JSON array of `[name, namespace or null]`, or null). Partitions belong to their parent, members of extensions
 * to the extension. `pg_temp` means the session's own temporary schema.
 */
const scope = `with home as materialized (
  select pg_catalog.current_schema()::text as name
), spaces as materialized (
  select n.oid, n.nspname from pg_catalog.pg_namespace n
  where n.nspname = (select name from home)
    or n.nspname in (select pg_catalog.json_array_elements_text($1::json))
    or (n.oid = pg_catalog.pg_my_temp_schema() and 'pg_temp' in (select pg_catalog.json_array_elements_text($1::json)))
), wanted as materialized (
  select w.value->>0 as name, coalesce(w.value->>1, (select name from home)) as namespace
  from pg_catalog.json_array_elements($2::json) w
), scope as materialized (
  select c.oid, c.relname, s.nspname, c.relkind, c.relpersistence, c.reloptions
  from pg_catalog.pg_class c join spaces s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition
    and ($2::json is null or (c.relname::text, case when c.relpersistence = 't' then 'pg_temp' else s.nspname::text end) in (select w.name, w.namespace from wanted w))
    and not exists (select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
)`;

const grantee = (oid: string): string => `case when ${oid} <> 0 then pg_catalog.pg_get_userbyid(${oid}) end`;

/** Rights that are not written down are the owner's, but those of a view made anew are the default ones, which may be others. */
const grants = `select pg_catalog.json_agg(pg_catalog.json_build_array(${grantee('g.grantee')}, g.privilege_type, g.is_grantable, g.name)) from (
    select x.*, null as name from pg_catalog.aclexplode(coalesce(k.relacl, pg_catalog.acldefault('r', k.relowner))) x
    where k.relacl is not null or exists (select from pg_catalog.pg_default_acl)
    union all
    select x.*, a.attname::text from pg_catalog.pg_attribute a cross join lateral pg_catalog.aclexplode(a.attacl) x
    where a.attrelid = k.oid and not a.attisdropped
  ) g`;

const kept = `select pg_catalog.json_build_object('owner', pg_catalog.pg_get_userbyid(k.relowner), 'populated', k.relispopulated, 'grants', (${grants}),
    'comments', (select pg_catalog.json_agg(pg_catalog.json_build_array(a.attname, d.description) order by a.attnum)
      from pg_catalog.pg_description d join pg_catalog.pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid
      where d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objoid = k.oid and d.objsubid > 0),
    'defaults', (select pg_catalog.json_agg(pg_catalog.json_build_array(a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)) order by a.attnum)
      from pg_catalog.pg_attrdef d join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = k.oid),
    'rules', (select pg_catalog.json_agg(pg_catalog.pg_get_ruledef(r.oid) order by r.rulename) from pg_catalog.pg_rewrite r
      where r.ev_class = k.oid and r.rulename <> '_RETURN'),
    'indexes', (select pg_catalog.json_agg(pg_catalog.json_build_array(pg_catalog.pg_get_indexdef(x.indexrelid), i.relname, pg_catalog.obj_description(x.indexrelid, 'pg_class')) order by i.relname)
      from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid where x.indrelid = k.oid))
  from pg_catalog.pg_class k where k.oid = c.oid`;

const relations = `select c.oid::text as oid, case when c.relpersistence = 't' then 'pg_temp' else ${foreign('c.nspname')} end as namespace, c.relname::text as name, c.relkind::text as kind,
  pg_catalog.obj_description(c.oid, 'pg_class') as comment,
  case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) end as definition,
  case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end as partkey,
  case when c.relkind = 'p' then (select pg_catalog.json_agg(pg_catalog.json_build_array(
      p.relname, nullif(n.nspname, c.nspname), pg_catalog.pg_get_expr(p.relpartbound, p.oid)) order by p.relname::text collate "C")::text
    from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhrelid join pg_catalog.pg_namespace n on n.oid = p.relnamespace
    where i.inhparent = c.oid) end as partitions,
  c.relpersistence = 'u' as unlogged,
  pg_catalog.array_to_string(c.reloptions, ', ') as options,
  case when c.relkind in ('v', 'm') then (${kept})::text end as kept
from scope c
order by c.relname::text collate "C"`;

/** There from PostgreSQL 14 on: before, the name finds the column of that name around it. */
const compression = `(select attcompression from (select a.*) x)`;

/** No default names a column; without its table PostgreSQL need not open the table to spell it. */
const columns = `select a.attrelid::text as "table", a.attnum::int as number, a.attname::text as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
  case when t.typtype = 'e' then t.oid::text end as enum,
  a.attnotnull as "notnull",
  d.text as "default",
  a.attgenerated::text as generated,
  a.attidentity <> '' or case when d.text ~ '^nextval\\(''.*''::regclass\\)$' then exists (
    select from pg_catalog.pg_depend own
    join pg_catalog.pg_class s on s.oid = own.objid and s.relkind = 'S'
    join pg_catalog.pg_depend uses on uses.refclassid = own.classid and uses.refobjid = s.oid
    where own.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and own.refclassid = own.classid
      and own.refobjid = a.attrelid and own.refobjsubid = a.attnum and own.deptype = 'a'
      and uses.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and uses.objid = d.oid
  ) else false end as auto,
  case when a.attcollation <> t.typcollation then ${keyOf('pg_catalog.pg_collation_is_visible(co.oid)', 'cn.nspname', 'co.collname')} end as collation,
  note.description as comment,
  case when a.attstorage <> t.typstorage or (t.typlen = -1 and ${compression} <> '') or a.attstattarget >= 0 or a.attoptions is not null or a.attacl is not null then pg_catalog.json_build_object(
    'storage', case when a.attstorage <> t.typstorage then case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end end,
    'compression', case ${compression} when 'l' then 'lz4' when 'p' then 'pglz' end,
    'statistics', case when a.attstattarget >= 0 then a.attstattarget::text end,
    'options', pg_catalog.array_to_string(a.attoptions, ', '),
    'grants', (select pg_catalog.json_agg(pg_catalog.json_build_array(${grantee('x.grantee')}, x.privilege_type, x.is_grantable, a.attname)) from pg_catalog.aclexplode(a.attacl) x)
  )::text end as kept
from scope c
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
cross join (select ''::"char" as attcompression) old
left join (
  select d.oid, d.adrelid, d.adnum, pg_catalog.pg_get_expr(d.adbin, case when g.attgenerated = '' then 0 else d.adrelid end) as text
  from pg_catalog.pg_attrdef d join pg_catalog.pg_attribute g on g.attrelid = d.adrelid and g.attnum = d.adnum
  where d.adrelid in (select c.oid from scope c) offset 0
) d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_catalog.pg_description note on note.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and note.objoid = a.attrelid and note.objsubid = a.attnum
left join pg_catalog.pg_collation co on co.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
where c.relkind in ('r', 'p', 'f')
order by a.attrelid, a.attnum`;

const constraints = `select k.conrelid::text as "table", k.conname::text as name, k.contype::text as kind,
  pg_catalog.array_to_json(k.conkey)::text as columns,
  case when k.contype = 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid) end as expression,
  ${foreign('fn.nspname')} as target_namespace, f.relname::text as target,
  k.confrelid::text as target_oid, pg_catalog.array_to_json(k.confkey)::text as target_columns,
  case when k.contype = 'f' and k.confrelid not in (select s.oid from scope s) then (
    select pg_catalog.json_agg(a.attname order by u.at)::text from pg_catalog.unnest(k.confkey) with ordinality u(num, at)
    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num
  ) end as target_names,
  k.confdeltype::text as on_delete, k.confupdtype::text as on_update,
  k.condeferrable as deferrable, k.condeferred as deferred, k.convalidated as valid, k.conindid::text as index
from scope c
join pg_catalog.pg_constraint k on k.conrelid = c.oid and k.conparentid = 0 and k.contype in ('p', 'u', 'f', 'c')
left join pg_catalog.pg_class f on k.contype = 'f' and f.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
order by k.conname::text collate "C"`;

/**
 * The row as JSON, for `indnullsnotdistinct` is there from PostgreSQL 15 on. Exclusion constraints have no word of ours.
 * The collation of an expression is its own unless the whole definition says another.
 */
const indexes = `with found as materialized (
  select x.* from scope c join pg_catalog.pg_index x on x.indrelid = c.oid
  where c.relkind in ('r', 'p') and not x.indisprimary and not x.indisexclusion
), opclasses as (
  select x.indexrelid, pg_catalog.json_object_agg(u.at, ${keyOf('pg_catalog.pg_opclass_is_visible(o.oid)', 'n.nspname', 'o.opcname')})::text as list
  from found x cross join lateral pg_catalog.unnest(x.indclass) with ordinality u(oid, at)
  join pg_catalog.pg_opclass o on o.oid = u.oid and not o.opcdefault
  join pg_catalog.pg_namespace n on n.oid = o.opcnamespace
  group by x.indexrelid
), collations as (
  select x.indexrelid, pg_catalog.json_object_agg(u.at, ${keyOf('pg_catalog.pg_collation_is_visible(o.oid)', 'n.nspname', 'o.collname')})::text as list
  from found x cross join lateral pg_catalog.unnest(x.indcollation) with ordinality u(oid, at)
  join pg_catalog.pg_collation o on o.oid = u.oid
  join pg_catalog.pg_namespace n on n.oid = o.collnamespace
  left join pg_catalog.pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[u.at - 1] and a.attnum <> 0
  where case when a.attnum is not null then a.attcollation <> u.oid
    else pg_catalog.strpos(pg_catalog.pg_get_indexdef(x.indexrelid), pg_catalog.pg_get_indexdef(x.indexrelid, u.at::int, false) || ' COLLATE ') > 0 end
  group by x.indexrelid
)
select x.indexrelid::text as oid, x.indrelid::text as "table", i.relname::text as name, m.amname::text as method,
  x.indisunique as unique, x.indisvalid and x.indisready as valid,
  case when x.indisunique then coalesce((pg_catalog.to_jsonb(x)->>'indnullsnotdistinct')::boolean, false) else false end as nulls_not_distinct,
  pg_catalog.pg_get_expr(x.indpred, x.indrelid) as predicate,
  x.indkey::text as keys, x.indnkeyatts::int as key_count, x.indoption::text as options,
  case when x.indexprs is not null then (
    select pg_catalog.json_object_agg(u.at, pg_catalog.pg_get_indexdef(x.indexrelid, u.at::int, false))::text
    from pg_catalog.unnest(x.indkey::int2[]) with ordinality u(num, at) where u.num = 0
  ) end as expressions,
  collations.list as collations, opclasses.list as opclasses, note.description as comment
from found x
join pg_catalog.pg_class i on i.oid = x.indexrelid
join pg_catalog.pg_am m on m.oid = i.relam
left join opclasses on opclasses.indexrelid = x.indexrelid
left join collations on collations.indexrelid = x.indexrelid
left join pg_catalog.pg_description note on note.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and note.objoid = x.indexrelid and note.objsubid = 0
order by i.relname::text collate "C"`;

const enums = `select t.oid::text as oid, ${foreign('n.nspname')} as namespace, t.typname::text as name,
  (select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder)::text from pg_catalog.pg_enum e where e.enumtypid = t.oid) as values,
  n.oid in (select s.oid from spaces s) and not exists (select from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and d.objid = t.oid and d.deptype = 'e') as inside
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e'
order by t.typname::text collate "C"`;

const leaning = `select d.refobjid::text as "table", d.refobjsubid as number, l.goes, pg_catalog.pg_describe_object(d.classid, d.objid, 0) as object
from (
  select 'pg_catalog.pg_constraint'::pg_catalog.regclass as class, k.oid, k.conrelid as relation, true as goes from pg_catalog.pg_constraint k where k.contype = 'x'
  union all select 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid, s.stxrelid, true from pg_catalog.pg_statistic_ext s
  union all select 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid, p.polrelid, false from pg_catalog.pg_policy p
  union all select 'pg_catalog.pg_rewrite'::pg_catalog.regclass, r.oid, r.ev_class, false from pg_catalog.pg_rewrite r where r.rulename <> '_RETURN'
) l
join scope c on c.oid = l.relation and c.relkind in ('r', 'p')
join pg_catalog.pg_depend d on d.classid = l.class and d.objid = l.oid and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = l.relation and d.refobjsubid > 0
group by 1, 2, 3, 4 order by 4`;

const namespaces = `select s.nspname::text as name from spaces s
where s.nspname <> (select name from home) and s.oid <> pg_catalog.pg_my_temp_schema() order by s.nspname::text collate "C"`;

const triggers = `select t.tgrelid::text as "table", t.tgname::text as name, pg_catalog.pg_get_triggerdef(t.oid, true) as definition,
  t.tgenabled::text as enabled, pg_catalog.obj_description(t.oid, 'pg_trigger') as comment
from scope c join pg_catalog.pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
order by t.tgname::text collate "C"`;

/** What the catalogs say, in one row of JSON texts: one round trip, and all of the server's work before its first byte. */
export interface CatalogRow {
  readonly relations: readonly RelationRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly enums: readonly EnumRow[];
  readonly triggers: readonly TriggerRow[];
  readonly leaning: readonly LeaningRow[];
  readonly namespaces: readonly { readonly name: string }[];
}

const parts = { relations, columns, constraints, indexes, enums, triggers, leaning, namespaces } as const;

const answer = `select ${Object.entries(parts)
  .map(([name, query]) => `(select coalesce(pg_catalog.json_agg(r), '[]'::json) from (${query}) r)::text as ${name}`)
  .join(',\n')}`;

/** Of some tables. */
export const catalogQuery = `${scope}\n${answer}`;

/** Of all tables; that they need not be looked for is known when it is planned. */
export const wholeCatalogQuery = `${scope.replaceAll('$2::json', 'null::json')}\n${answer}`;
