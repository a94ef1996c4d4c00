import type { MikroORM } from '@mikro-orm/core';
import type { AbstractSqlDriver } from '@mikro-orm/sql';

/** MikroORM, connected. */
export type Orm = MikroORM<AbstractSqlDriver>;

/** MikroORM as a format's context holds it: itself, or a function that gives it. */
export async function resolveOrm(orm: unknown): Promise<Orm> {
  return (typeof orm === 'function' ? await (orm as () => unknown)() : orm) as Orm;
}
