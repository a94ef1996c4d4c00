import type { Migration } from '@mikro-orm/migrations';

/** A migration of MikroORM's, of any version from 5 on; every copy of its package has a base class of its own. */
export type MikroOrmMigration = Pick<
  Migration,
  'up' | 'down' | 'isTransactional' | 'addSql' | 'getQueries' | 'setTransactionContext'
>;
export type MigrationClass = new (driver: unknown, config: unknown) => MikroOrmMigration;

/** True for a class that has what MikroORM's `Migration` gives, and an `up`. */
export function isMigrationClass(value: unknown): value is MigrationClass {
  if (typeof value !== 'function') return false;
  const prototype = value.prototype as Partial<Record<string, unknown>> | undefined;
  return ['up', 'addSql', 'getQueries'].every((member) => typeof prototype?.[member] === 'function');
}
