import type { Session } from '../session.ts';

/** The rows of the catalog, read with one query per kind of object. */
export interface Catalog {
  readonly objects: readonly CatalogObject[];
  readonly columns: readonly CatalogColumn[];
  readonly indexParts: readonly CatalogIndexPart[];
  readonly foreignKeyParts: readonly CatalogForeignKeyPart[];
}

export interface CatalogObject {
  readonly type: 'table' | 'index' | 'view' | 'trigger';
  readonly name: string;
  /** The table that an index or trigger belongs to. */
  readonly owner: string;
  readonly sql: string;
}

export interface CatalogColumn {
  readonly owner: string;
  readonly name: string;
  readonly type: string;
  readonly notNull: number;
  readonly default: string | null;
  /** Place in the primary key from 1, else 0. */
  readonly key: number;
  /** 2 virtual, 3 stored. */
  readonly hidden: number;
}

export interface CatalogIndexPart {
  readonly owner: string;
  readonly index: string;
  readonly isUnique: number;
  /** `c` create index, `u` unique constraint, `pk` primary key. */
  readonly origin: 'c' | 'u' | 'pk';
  readonly place: number;
  readonly column: string | null;
  readonly isDescending: number;
  readonly collation: string;
}

export interface CatalogForeignKeyPart {
  readonly owner: string;
  readonly id: number;
  readonly parent: string;
  readonly column: string;
  readonly parentColumn: string | null;
  readonly onUpdate: string;
  readonly onDelete: string;
}

/** Reads the catalog with four queries; `tables` limits all but the views and their triggers to these names. */
export async function readCatalog(session: Session, tables: readonly string[] | undefined): Promise<Catalog> {
  const parameters = tables === undefined ? [] : [JSON.stringify(tables)];
  const isNamed = 'm.tbl_name collate nocase in (select value from json_each(?))';
  const [limit, part] =
    tables === undefined
      ? ['', '']
      : [
          `and ${isNamed}`,
          `and (${isNamed} or m.tbl_name in (select name from main.sqlite_master where type = 'view'))`,
        ];
  // Virtual tables and what they keep their data in belong to extensions; SQLite itself reserves sqlite_*. To list all
  // tables takes long, and only beside a virtual one are there any of the kind.
  const own = `m.type = 'table' and m.sql not like 'create virtual%' and m.name not like 'sqlite\\_%' escape '\\'
    and (not exists (select 1 from main.sqlite_master where sql like 'create virtual%')
      or m.name not in (select name from pragma_table_list where schema = 'main' and type = 'shadow')) ${limit}`;
  return {
    objects: await session.query(
      `select m.type as type, m.name as name, m.tbl_name as owner, m.sql as sql from main.sqlite_master m
       where (${own}) or m.type = 'view' or (m.type in ('index', 'trigger') and m.sql is not null ${part}) order by m.rowid`,
      [...parameters, ...parameters],
    ),
    columns: await session.query(
      `select m.name as owner, c.name as name, c.type as type, c."notnull" as "notNull", c.dflt_value as "default", c.pk as key, c.hidden as hidden
       from main.sqlite_master m join pragma_table_xinfo(m.name, 'main') c where ${own} order by m.rowid, c.cid`,
      parameters,
    ),
    indexParts: await session.query(
      `select m.name as owner, i.name as "index", i."unique" as "isUnique", i.origin as origin, p.seqno as place,
         p.name as column, p."desc" as "isDescending", p.coll as collation
       from main.sqlite_master m join pragma_index_list(m.name, 'main') i join pragma_index_xinfo(i.name, 'main') p
       where p.key = 1 and ${own} order by m.rowid, i.seq desc, p.seqno`,
      parameters,
    ),
    foreignKeyParts: await session.query(
      // A reference without columns is to the primary key; the parent may be spelled in other letter case, or be missing.
      `select m.name as owner, f.id as id, coalesce(p.name, f."table") as parent, f."from" as column,
         coalesce((select k.name from pragma_table_xinfo(f."table", 'main') k
           where k.name = f."to" collate nocase or (f."to" is null and k.pk = f.seq + 1)), f."to") as "parentColumn",
         f.on_update as "onUpdate", f.on_delete as "onDelete"
       from main.sqlite_master m join pragma_foreign_key_list(m.name, 'main') f
       left join (select name from main.sqlite_master where type = 'table') p on p.name = f."table" collate nocase
       where ${own} order by m.rowid, f.id desc, f.seq`,
      parameters,
    ),
  };
}
