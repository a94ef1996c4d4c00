import type { Dialect, NamedKind } from '../dialects/dialect.ts';
import { MigrateError, type ErrorCode } from '../errors.ts';
import { isSameData } from '../schema/canonical.ts';
import { displayTable, isForbiddenName, parseTableKey } from '../schema/names.ts';
import type { Index, Schema, Table } from '../schema/schema.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Why a model cannot become a database. */
export interface DesiredProblem {
  readonly code: ErrorCode | 'KEY_TOO_LONG' | 'NOT_UNDERSTOOD';
  /** `inmates.unique_inmate`. */
  readonly object: string;
  readonly message: string;
  /** The key that is too long. */
  readonly key?: { readonly table: string; readonly columns: readonly (string | undefined)[] };
}

/** True for a key that is too long to be made, but is there: kept by a hash of its values, as MariaDB once made it. */
export function isKeptByHash({ key }: DesiredProblem, actual: Schema): boolean {
  if (!key) return false;
  const keys =
    entryOf(actual.tables, key.table)?.indexes.filter(({ method, unique }) => method === 'hash' && unique) ?? [];
  return keys.some(({ parts }) =>
    isSameData(
      parts.map(({ column }) => column),
      key.columns,
    ),
  );
}

/** All names that the database would refuse or cut, and all keys that are longer than it takes. */
export function findProblems(schema: Schema, dialect: Dialect): readonly DesiredProblem[] {
  const tables = Object.values(schema.tables);
  return [
    ...foreignNamespaces(schema, dialect),
    ...tables.flatMap((table) => namesOf(table).flatMap(([object, name]) => badName(name, object, table, dialect))),
    ...Object.values(schema.views).flatMap(({ name }) =>
      badName(parseTableKey(name).name, 'the view', undefined, dialect),
    ),
    ...Object.values(schema.enums).flatMap(({ name }) =>
      badName(parseTableKey(name).name, 'the type', undefined, dialect),
    ),
    ...tables.flatMap((table) => table.indexes.flatMap((index) => longKey(table, index.name, index.parts, dialect))),
    ...tables.flatMap((table) =>
      longKey(
        table,
        'the primary key',
        (table.primaryKey?.columns ?? []).map((column) => ({ column })),
        dialect,
      ),
    ),
  ];
}

/** Where there are no namespaces, the `schema` of a model would be another database, which a run neither reads nor changes. */
function foreignNamespaces(schema: Schema, { name, traits }: Dialect): DesiredProblem[] {
  if (traits.defaultNamespace !== undefined) return [];
  return [schema.tables, schema.views].flatMap(Object.keys).flatMap((key): DesiredProblem[] => {
    const { namespace } = parseTableKey(key);
    if (namespace === undefined) return [];
    const message = `${displayTable(key)} would be in the other database ${namespace}: ${name} has no namespaces within a database; take \`schema\` out of the model, or migrate that database by a config of its own`;
    return [{ code: 'NOT_SUPPORTED', object: displayTable(key), message }];
  });
}

function namesOf(table: Table): readonly (readonly [object: string, name: string])[] {
  return [
    ['the table', parseTableKey(table.name).name],
    ...Object.keys(table.columns).map((name) => ['the column', name] as const),
    ...table.indexes.map(({ name }) => ['the index', name] as const),
    ...table.foreignKeys.map(({ name }) => ['the foreign key', name] as const),
    ...table.checks.map(({ name }) => ['the check', name] as const),
    ...table.triggers.map(({ name }) => ['the trigger', name] as const),
  ];
}

const namedKinds: Readonly<Record<string, NamedKind>> = {
  'the column': 'column',
  'the index': 'index',
  'the foreign key': 'constraint',
  'the check': 'constraint',
};

function badName(name: string, kind: string, table: Table | undefined, { traits }: Dialect): DesiredProblem[] {
  const limit = traits.nameLimit;
  const isForbidden =
    isForbiddenName(name) || (traits.forbiddenNames[namedKinds[kind] ?? 'table']?.test(name) ?? false);
  if (!isForbidden && (!limit || lengthOf(name, limit.unit) <= limit.length)) return [];
  const at = table && displayTable(table.name);
  const object = at === undefined ? name : kind === 'the table' ? at : `${at}.${name}`;
  const what = at === undefined || kind === 'the table' ? kind : `${kind} of ${at}`;
  if (isForbidden || !limit)
    return [
      { code: 'NAME_FORBIDDEN', object, message: new MigrateError('NAME_FORBIDDEN', { name, object: what }).message },
    ];
  const message = new MigrateError('NAME_TOO_LONG', { name, limit: `${limit.length} ${limit.unit}`, object: what })
    .message;
  return [{ code: 'NAME_TOO_LONG', object, message }];
}

function lengthOf(name: string, unit: 'bytes' | 'characters'): number {
  return unit === 'bytes' ? Buffer.byteLength(name) : [...name].length;
}

function longKey(table: Table, name: string, parts: Index['parts'], dialect: Dialect): DesiredProblem[] {
  const limit = dialect.traits.keyLimit;
  if (limit === undefined) return [];
  const bytes = parts.reduce((sum, part) => sum + bytesOf(table, part, dialect), 0);
  if (
    bytes <= limit ||
    table.indexes.some((index) => index.name === name && index.method !== undefined && index.method !== 'hash')
  )
    return [];
  const at = displayTable(table.name);
  const columns = parts.map(({ column, expression }) => column ?? expression).join(', ');
  return [
    {
      code: 'KEY_TOO_LONG',
      object: `${at}.${name}`,
      key: { table: table.name, columns: parts.map(({ column }) => column) },
      message: `${name} of ${at} (${columns}) has ${bytes} bytes, a key may have ${limit}: shorten its columns, or index a hash of them`,
    },
  ];
}

/** A nullable column costs one byte more, which the limit does not count. */
function bytesOf(table: Table, { column, length }: Index['parts'][number], { types }: Dialect): number {
  const type = column === undefined ? undefined : entryOf(table.columns, column)?.type;
  return type ? (types.keyBytes(type, length) ?? 0) : 0;
}

/** Two objects of a model under one name, where the database has one place for both. */
export function findCollisions(schema: Schema, dialect: Dialect): readonly DesiredProblem[] {
  if (dialect.traits.indexNamesPer === 'table') return [];
  const owners = new Map<string, string>();
  const names = Object.values(schema.tables).flatMap((table) =>
    table.indexes.map((index) => ({ table: table.name, name: index.name })),
  );
  return names.flatMap(({ table, name }) => {
    const place = `${parseTableKey(table).namespace ?? ''}.${dialect.traits.namesIgnoreCase ? name.toLowerCase() : name}`;
    const other = owners.get(place);
    owners.set(place, table);
    if (other === undefined) return [];
    return [
      {
        code: 'NOT_UNDERSTOOD' as const,
        object: `${displayTable(table)}.${name}`,
        message: `the index name ${name} is used by ${displayTable(other)} and ${displayTable(table)}; names of indexes are shared by all tables here`,
      },
    ];
  });
}
