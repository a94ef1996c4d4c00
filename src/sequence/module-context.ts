import { basename } from 'node:path';
import { placeOf } from '../config/error-place.ts';
import { MigrateError } from '../errors.ts';
import type { MigrationContext } from './migration-context.ts';

/** The migration that a context is for. */
export interface MigrationName {
  readonly name: string;
  readonly path: string;
  /** Absolute. */
  readonly file: string;
}

/**
 * The one argument of a module's `up` and `down`. It is the context, and holds itself as `context`, with `name` and `path`,
 * as umzug gives them; `raw` and `schema.raw` are knex's words for `execute`. What it does not have throws MIGRATION_FAILED,
 * with what there is.
 */
export function moduleContext(given: MigrationContext, migration: MigrationName): unknown {
  const raw = async (sql: string, bindings?: unknown) => given.execute(sql, parametersOf(sql, bindings, migration));
  const context: unknown = speaking(
    {
      dialect: given.dialect,
      execute: given.execute.bind(given),
      get em() {
        return given.em;
      },
      name: migration.name,
      path: migration.path,
      raw,
      schema: speaking({ raw }, 'schema.', migration),
      get context() {
        return context;
      },
    },
    '',
    migration,
  );
  return context;
}

/** Names what is missing instead of being undefined. It can be called, to say that it cannot (`knex('users')`). */
function speaking(members: object, prefix: string, migration: MigrationName): unknown {
  return new Proxy(() => {}, {
    get: (_, key) => {
      if (key in members || typeof key === 'symbol' || asked.has(key)) return Reflect.get(members, key) as unknown;
      throw missing(`it uses ${prefix}${key}`, migration);
    },
    has: (_, key) => key in members,
    ownKeys: () => Reflect.ownKeys(members),
    getOwnPropertyDescriptor: (_, key) => {
      const found = Reflect.getOwnPropertyDescriptor(members, key);
      return found && { ...found, configurable: true };
    },
    apply: () => {
      throw missing('it calls the context as a function', migration);
    },
  });
}

/** Asked of any object by the language and by tools. */
const asked: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', 'prototype', 'toString', 'valueOf']);

function missing(what: string, { path, file }: MigrationName): MigrateError {
  const place = placeOf(new Error(what));
  const where = place && basename(place.file) === basename(file) ? String(place.line) : undefined;
  const message = `${what}, which is not there; the context has execute(sql, parameters), em, dialect, name, path, raw and schema.raw`;
  return new MigrateError('MIGRATION_FAILED', { path, message, ...(where !== undefined && { where }) });
}

/** knex takes one value for a list of one, and names, which there are not here. */
function parametersOf(sql: string, bindings: unknown, migration: MigrationName): readonly unknown[] | undefined {
  if (bindings === undefined) return undefined;
  if (sql.includes('??')) throw missing('it binds a name with ??', migration);
  if (Array.isArray(bindings)) return bindings;
  if (typeof bindings !== 'object' || bindings === null || bindings instanceof Date) return [bindings];
  throw missing('it binds parameters by name', migration);
}
