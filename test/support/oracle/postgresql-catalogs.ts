import type { TestDatabase } from '../databases.ts';
import { DocumentBuilder } from './document.ts';
import type { OracleDocument } from './document.ts';

/**
 * What `pg_dump --schema-only` would tell, by one question to the catalogs over the connection of the test, for a twentieth
 * of its time. The lines are others than those of a dump.
 */
export async function readPostgresqlCatalogs(
  database: TestDatabase,
  ignored: ReadonlySet<string>,
): Promise<OracleDocument> {
  const builder = new DocumentBuilder();
  for (const { object, line } of await database.query(question)) builder.add(String(object), String(line));
  for (const table of ignored) builder.take(`relation public.${table}`);
  return builder.build('postgresql');
}

const grants = (list: string): string =>
  `'GRANTS', (select string_agg(item::text, ' ' order by item::text) from unnest(${list}) item)`;

const comment = (oid: string, catalog: string): string =>
  `'COMMENT', quote_nullable(obj_description(${oid}, '${catalog}'))`;

const relations = `select object, concat_ws(' ', 'RELATION', relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident,
    'OPTIONS', array_to_string(reloptions, ', '), 'OWNER', relowner::regrole, ${grants('relacl')}, 'USING', am.amname,
    'TABLESPACE', reltablespace, 'PARTITION BY', pg_get_partkeydef(r.oid), 'BOUND', pg_get_expr(relpartbound, r.oid),
    'OF', (select string_agg(inhparent::regclass::text, ', ' order by inhseqno) from pg_inherits where inhrelid = r.oid),
    ${comment('r.oid', 'pg_class')})
  from relations r left join pg_am am on am.oid = relam where relkind <> 'S'`;

const columns = `select object, concat_ws(' ', 'COLUMN', quote_ident(attname), format_type(atttypid, atttypmod), attnotnull,
    'COLLATE', attcollation::regcollation, 'IDENTITY', attidentity, 'GENERATED', attgenerated, 'DEFAULT', pg_get_expr(adbin, adrelid),
    'STORAGE', attstorage, attcompression, attstattarget, attoptions, ${grants('attacl')}, 'LOCAL', attislocal,
    'COMMENT', quote_nullable(col_description(attrelid, attnum)))
  from relations r join pg_attribute a on attrelid = r.oid and attnum > 0 and not attisdropped
  left join pg_attrdef on adrelid = attrelid and adnum = attnum where relkind <> 'S'`;

const constraints = `select object, concat_ws(' ', 'CONSTRAINT', contype, pg_get_constraintdef(k.oid), conislocal, connoinherit,
    ${comment('k.oid', 'pg_constraint')})
  from relations r join pg_constraint k on conrelid = r.oid where contype <> 't'`;

const indexes = `select object, concat_ws(' ', replace(pg_get_indexdef(i.oid), ' INDEX ' || quote_ident(i.relname) || ' ON ', ' INDEX ON '),
    indisprimary, indisvalid, indisclustered, indisreplident, 'STATISTICS',
    (select string_agg(attnum || ':' || attstattarget, ' ' order by attnum) from pg_attribute where attrelid = i.oid and attstattarget >= 0),
    ${comment('i.oid', 'pg_class')})
  from relations r join pg_index x on indrelid = r.oid join pg_class i on i.oid = indexrelid`;

const views = `select object, pg_get_viewdef(r.oid) from relations r where relkind in ('v', 'm')
  union all select object, pg_get_ruledef(w.oid) from relations r join pg_rewrite w on ev_class = r.oid where rulename <> '_RETURN'`;

const triggers = `select object, concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled, ${comment('t.oid', 'pg_trigger')})
  from relations r join pg_trigger t on tgrelid = r.oid where not tgisinternal
  union all select object, concat_ws(' ', 'POLICY', polname, polcmd, polpermissive, polroles::regrole[], 'USING', pg_get_expr(polqual, polrelid),
    'CHECK', pg_get_expr(polwithcheck, polrelid), ${comment('p.oid', 'pg_policy')})
  from relations r join pg_policy p on polrelid = r.oid
  union all select object, concat_ws(' ', pg_get_statisticsobjdef(s.oid), stxstattarget, ${comment('s.oid', 'pg_statistic_ext')})
  from relations r join pg_statistic_ext s on stxrelid = r.oid`;

/** A sequence that a column owns is part of the table; that of an identity has no name of its own there. */
const sequences = `select coalesce(owner.object, r.object), concat_ws(' ', 'SEQUENCE', case when d.deptype is distinct from 'i' then r.object end,
    'OF', owner.column, seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle, r.relpersistence,
    ${grants('r.relacl')}, ${comment('r.oid', 'pg_class')})
  from relations r join pg_sequence on seqrelid = r.oid
  left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = r.oid and d.refclassid = d.classid and d.deptype in ('a', 'i')
  left join lateral (
    select o.object, attname as column from relations o join pg_attribute on attrelid = o.oid where o.oid = d.refobjid and attnum = d.refobjsubid
  ) owner on true`;

const types = `select format('type %I.%I', s.nspname, typname), concat_ws(' ', typtype, (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder)
      from pg_enum where enumtypid = t.oid), format_type(typbasetype, typtypmod), typnotnull, typdefault,
    (select string_agg(pg_get_constraintdef(k.oid), ' ' order by conname) from pg_constraint k where contypid = t.oid),
    'OWNER', typowner::regrole, ${grants('typacl')}, ${comment('t.oid', 'pg_type')})
  from pg_type t join spaces s on s.oid = typnamespace where typtype in ('e', 'd', 'r')`;

const others = `select format('function %I.%I', s.nspname, proname), concat_ws(' ', pg_get_functiondef(p.oid), 'OWNER', proowner::regrole,
    ${grants('proacl')}, ${comment('p.oid', 'pg_proc')})
  from pg_proc p join spaces s on s.oid = pronamespace where prokind in ('f', 'p')
  union all select 'database', concat_ws(' ', 'SCHEMA', nspname, 'OWNER', nspowner::regrole, ${grants('nspacl')}, ${comment('s.oid', 'pg_namespace')}) from spaces s
  union all select 'database', concat_ws(' ', 'EXTENSION', extname, extversion) from pg_extension
  union all select 'database', concat_ws(' ', 'DEFAULT', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, ${grants('defaclacl')}) from pg_default_acl`;

const question = `with spaces as (
    select * from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
  ), relations as (
    select c.*, format('relation %I.%I', nspname, relname) as object from pg_class c join spaces s on s.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  )
  select * from (${[relations, columns, constraints, indexes, views, triggers, sequences, types, others].join('\n union all ')}) found (object, line)`;
