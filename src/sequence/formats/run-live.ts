import type { EntityManager } from '@mikro-orm/sql';
import type { Lexis } from '../../schema/expression.ts';
import type { MigrationContext } from '../migration-context.ts';
import { splitTexts } from '../split-script.ts';
import type { MigrationClass } from './mikro-orm-class.ts';
import { queryText } from './query-text.ts';
import type { Orm } from './resolve-orm.ts';
import { withMembers } from './with-members.ts';

type Driver = ReturnType<Orm['em']['getDriver']>;

/** Runs a migration that asks the database while it runs: all on the run's session, what `addSql` was given at the end. */
export function runLive(
  Migration: MigrationClass,
  way: 'up' | 'down',
  { orm, lexis }: { orm: Orm; lexis: Lexis },
): (context: MigrationContext) => Promise<void> {
  return async ({ em, execute }) => {
    const driver = orm.em.getDriver();
    const session: unknown = (em as EntityManager).getTransactionContext();
    const ask: Ask = (query, parameters) => execute(queryText(query, driver.getPlatform(), parameters));
    const migration = new Migration(onSession(driver, ask, session), orm.config);
    migration.setTransactionContext(session);
    Object.assign(migration, { execute: ask });
    await migration[way]();
    for (const query of migration.getQueries())
      for (const text of splitTexts(queryText(query, driver.getPlatform()), lexis)) await execute(text);
  };
}

type Ask = (query: unknown, parameters?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/**
 * A driver that asks by way of the run's context, which records it. What wants more than rows goes to the session at once:
 * the pool has no second connection on SQLite, where it would wait for ever.
 */
function onSession(driver: Driver, ask: Ask, session: unknown): Driver {
  const execute = (query: string, parameters?: unknown[], method: 'all' | 'get' | 'run' = 'all', context = session) =>
    method === 'all' ? ask(query, parameters) : driver.execute(query, parameters, method, context);
  return withMembers(driver, { execute });
}
