/** A column as the Python service declared it. None has a default in the database: the old ORM set them itself. */
export interface OldColumn {
  readonly name: string;
  readonly type: OldType;
  readonly nullable?: true;
}

export type OldType =
  | { readonly kind: 'id' | 'int' | 'text' | 'mediumtext' | 'boolean' | 'date' | 'datetime' }
  | { readonly kind: 'string'; readonly length: number };

/** A unique key. Without a name the database gives one; `doubled`: once by hand and once more named by the database. */
export interface OldUnique {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly doubled?: true;
  /** Key lengths in characters, where MySQL would refuse the whole columns. */
  readonly mysqlPrefix?: Readonly<Record<string, number>>;
}

export interface OldTable {
  readonly name: string;
  readonly columns: readonly OldColumn[];
  /** Columns of the primary key after the `id`. */
  readonly widerKey?: readonly string[];
  readonly uniques?: readonly OldUnique[];
  readonly indexes?: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly foreignKeys?: readonly { readonly column: string; readonly table: string; readonly references: string }[];
  /** MySQL and MariaDB: `PARTITION BY KEY` over this column, 16-fold. */
  readonly partitionedBy?: string;
}

export const id = (name = 'id'): OldColumn => ({ name, type: { kind: 'id' } });
export const column = (name: string, kind: Exclude<OldType['kind'], 'string'>): OldColumn => ({ name, type: { kind } });
export const string = (name: string, length = 255): OldColumn => ({ name, type: { kind: 'string', length } });
export const nullable = (found: OldColumn): OldColumn => ({ ...found, nullable: true });

/** `table` with `columns` at its end; one of the same name is replaced in its place. */
export function withColumns(table: OldTable, ...columns: readonly OldColumn[]): OldTable {
  const replaced = table.columns.map((old) => columns.find(({ name }) => name === old.name) ?? old);
  const added = columns.filter(({ name }) => !table.columns.some((old) => old.name === name));
  return { ...table, columns: [...replaced, ...added] };
}

export function withoutColumn(table: OldTable, name: string): OldTable {
  return { ...table, columns: table.columns.filter((found) => found.name !== name) };
}

/** `tables` with `changed` in the place of the one of its name, or at the end. */
export function withTable(tables: readonly OldTable[], changed: OldTable): readonly OldTable[] {
  const known = tables.some(({ name }) => name === changed.name);
  return known ? tables.map((table) => (table.name === changed.name ? changed : table)) : [...tables, changed];
}

export function findTable(tables: readonly OldTable[], name: string): OldTable {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`This state has no table ${name}.`);
  return found;
}
