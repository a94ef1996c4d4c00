import type { Table } from '../../schema/schema.ts';
import type { CatalogColumn } from './catalog.ts';
import { fold } from './lexis.ts';
import type { ParsedTable } from './parse-create-table.ts';
import type { TableRows } from './build-table.ts';

/** Facts of a table that the Schema has no field for and a rebuild must keep. */
export interface Storage {
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  /** The rowid alias has no AUTOINCREMENT: ids of deleted rows may come again. */
  readonly reusesIds: boolean;
  /** Key columns that take NULL, which only SQLite allows. */
  readonly nullableKey: readonly string[];
  /** Collations of the primary key where they are not the columns' own. */
  readonly keyCollations: Readonly<Record<string, string>>;
  /** Columns of the primary key that its index holds from the highest to the lowest. */
  readonly descendingKey: readonly string[];
  /** `on conflict` clauses by the column of a NOT NULL, the columns of a unique constraint, or `primary key`. */
  readonly onConflict: Readonly<Record<string, string>>;
}

/** The facts as data of the Schema; `undefined` where there are none. */
export function writeStorage({
  rows,
  parsed,
  alias,
  key,
}: {
  rows: TableRows;
  parsed: ParsedTable;
  alias: string | undefined;
  key: readonly CatalogColumn[];
}): Table['storage'] {
  const nullableKey = parsed.withoutRowid
    ? []
    : key.filter(({ name, notNull }) => notNull === 0 && name !== alias).map(({ name }) => name);
  const keyCollations = readKeyCollations(rows, parsed);
  const onConflict = readConflicts(parsed);
  const descendingKey = rows.indexParts.flatMap(({ origin, column, isDescending }) =>
    origin === 'pk' && isDescending === 1 && column !== null ? [column] : [],
  );
  const storage = {
    ...(parsed.strict && { strict: true as const }),
    ...(parsed.withoutRowid && { withoutRowid: true as const }),
    ...(alias !== undefined && !parsed.primaryKey?.autoincrement && { reusesIds: true as const }),
    ...(nullableKey.length > 0 && { nullableKey: JSON.stringify(nullableKey) }),
    ...(Object.keys(keyCollations).length > 0 && { keyCollations: JSON.stringify(keyCollations) }),
    ...(descendingKey.length > 0 && { descendingKey: JSON.stringify(descendingKey) }),
    ...(Object.keys(onConflict).length > 0 && { onConflict: JSON.stringify(onConflict) }),
  };
  return Object.keys(storage).length > 0 ? storage : undefined;
}

/** Reads the facts back; what is absent has SQLite's default. */
export function readStorage({ storage = {} }: Pick<Table, 'storage'>): Storage {
  const parse = (text: string | true | undefined): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);
  return {
    strict: storage['strict'] === true,
    withoutRowid: storage['withoutRowid'] === true,
    reusesIds: storage['reusesIds'] === true,
    nullableKey: (parse(storage['nullableKey']) ?? []) as readonly string[],
    keyCollations: (parse(storage['keyCollations']) ?? {}) as Readonly<Record<string, string>>,
    descendingKey: (parse(storage['descendingKey']) ?? []) as readonly string[],
    onConflict: (parse(storage['onConflict']) ?? {}) as Readonly<Record<string, string>>,
  };
}

/** The key under which the conflict clause of a unique constraint is kept. */
export const uniqueConflictKey = (columns: readonly string[]): string => `unique ${JSON.stringify(columns.map(fold))}`;

/** The key under which the conflict clause of a NOT NULL is kept. */
export const notNullConflictKey = (column: string): string => `not null ${fold(column)}`;

function readKeyCollations(rows: TableRows, parsed: ParsedTable): Record<string, string> {
  const own = new Map(parsed.columns.map(({ name, collation }) => [fold(name), fold(collation ?? 'binary')]));
  const differing = rows.indexParts.filter(
    ({ origin, column, collation }) => origin === 'pk' && column !== null && fold(collation) !== own.get(fold(column)),
  );
  return Object.fromEntries(differing.map(({ column, collation }) => [column ?? '', collation]));
}

function readConflicts(parsed: ParsedTable): Record<string, string> {
  const conflicts: Record<string, string> = {};
  for (const { name, onConflict } of parsed.columns) if (onConflict) conflicts[notNullConflictKey(name)] = onConflict;
  for (const { columns, onConflict } of parsed.uniques)
    if (onConflict) conflicts[uniqueConflictKey(columns)] = onConflict;
  if (parsed.primaryKey?.onConflict) conflicts['primary key'] = parsed.primaryKey.onConflict;
  return conflicts;
}
