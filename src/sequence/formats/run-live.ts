import type { EntityManager } from '@mikro-orm/sql';
import type { Lexis } from '../../schema/expression.ts';
import type { MigrationContext } from '../migration-context.ts';
import { splitStatements } from '../split-statements.ts';
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
    const migration = new Migration(onSession(driver, session), orm.config);
    migration.setTransactionContext(session);
    Object.assign(migration, {
      execute: (query: unknown, parameters?: readonly unknown[]) =>
        execute(queryText(query, driver.getPlatform(), parameters)),
    });
    await migration[way]();
    for (const query of migration.getQueries())
      for (const text of splitStatements(queryText(query, driver.getPlatform()), lexis)) await execute(text);
  };
}

/** The pool has no second connection on SQLite: what names no transaction would wait for ever. */
function onSession(driver: Driver, session: unknown): Driver {
  const execute: Driver['execute'] = (query, parameters, method, context = session, ...rest) =>
    driver.execute(query, parameters, method, context, ...rest);
  return withMembers(driver, { execute });
}
