/**
 * The identity and writing transaction of every catalog row that describes an application's object. Any DDL writes such
 * rows anew; VACUUM, ANALYZE and the application's own writes do not (PostgreSQL updates those figures in place).
 */
export const digestSql = `
  with spaces as (select oid from pg_catalog.pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
  classes as (select c.oid, c.xmin from pg_catalog.pg_class c where c.relnamespace in (select oid from spaces)),
  facts(fact) as (
    select 'c' || oid || ':' || xmin from classes
    union all select 'a' || a.attrelid || ':' || a.attnum || ':' || a.xmin from pg_catalog.pg_attribute a where a.attrelid in (select oid from classes)
    union all select 'd' || d.oid || ':' || d.xmin from pg_catalog.pg_attrdef d where d.adrelid in (select oid from classes)
    union all select 'k' || k.oid || ':' || k.xmin from pg_catalog.pg_constraint k where k.connamespace in (select oid from spaces)
    union all select 'i' || i.indexrelid || ':' || i.xmin from pg_catalog.pg_index i where i.indrelid in (select oid from classes)
    union all select 't' || t.oid || ':' || t.xmin from pg_catalog.pg_trigger t where t.tgrelid in (select oid from classes)
    union all select 'r' || r.oid || ':' || r.xmin from pg_catalog.pg_rewrite r where r.ev_class in (select oid from classes)
    union all select 'y' || y.oid || ':' || y.xmin from pg_catalog.pg_type y where y.typnamespace in (select oid from spaces)
    union all select 'e' || e.oid || ':' || e.xmin from pg_catalog.pg_enum e join pg_catalog.pg_type y on y.oid = e.enumtypid where y.typnamespace in (select oid from spaces)
    union all select 'm' || m.objoid || ':' || m.objsubid || ':' || m.xmin from pg_catalog.pg_description m where m.classoid = 'pg_catalog.pg_class'::regclass and m.objoid in (select oid from classes))
  select md5(string_agg(fact, '|' order by fact)) as digest, count(*)::int as facts from facts`;
