import type { MigrationClass } from './mikro-orm-class.ts';
import { queryText } from './query-text.ts';
import { withMembers } from './with-members.ts';
import type { Orm } from './resolve-orm.ts';

/** What a migration would do: the queries that it gives, and whether it asks the database while it runs. */
export type Rehearsal =
  | { readonly queries: readonly string[]; readonly immediate: boolean; readonly transactional: boolean }
  | { readonly error: unknown };

/** Runs `up` or `down` without a database: the first thing that would reach one ends it. Nothing is executed. */
export async function rehearse(Migration: MigrationClass, way: 'up' | 'down', orm: Orm): Promise<Rehearsal> {
  let immediate = false;
  const reach = (): never => {
    immediate = true;
    throw new Error('a rehearsal has no database');
  };
  try {
    const platform = orm.em.getDriver().getPlatform();
    const driver = withoutDatabase(orm.em.getDriver(), reach);
    const config = withMembers(orm.config, { getDriver: () => driver });
    const migration = new Migration(driver, config);
    Object.assign(migration, { getKnex: withoutKnex, execute: () => refused(reach) });
    const transactional = migration.isTransactional();
    // An author may catch what the trap throws, so that it counts either way.
    await attempt(
      () => migration[way](),
      () => immediate,
    );
    const queries = migration.getQueries().map((query) => queryText(query, platform));
    return { queries, immediate, transactional };
  } catch (error) {
    return { error };
  }
}

async function attempt(work: () => unknown, isTrapped: () => boolean): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isTrapped()) throw error;
  }
}

/** Rejects as `execute` would; one that nobody waits for does not end the process. */
function refused(reach: () => never): Promise<never> {
  const promise = (async () => reach())();
  promise.catch(() => {});
  return promise;
}

/** MikroORM 5 and 6 gave their migrations a knex; what else asks at once asks the driver. */
function withoutKnex(): never {
  throw new Error('getKnex() is not there in MikroORM 7; give addSql() a text or raw()');
}

const harmless: ReadonlySet<string> = new Set(['config', 'getPlatform', 'constructor', 'then', 'toString', 'toJSON']);

/** A driver that tells of its platform, and reaches for a database with everything else. */
function withoutDatabase<T extends object>(driver: T, reach: () => never): T {
  return new Proxy(driver, {
    get: (target, key) => {
      if (typeof key === 'string' && !harmless.has(key)) return reach();
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
