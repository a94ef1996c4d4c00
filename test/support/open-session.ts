import { withPinnedSession } from '../../src/dialects/pinned-session.ts';
import type { Session } from '../../src/dialects/session.ts';
import type { Orm } from '../../src/inspect/orm.ts';

const drivers = {
  sqlite: () => import('@mikro-orm/sqlite'),
  postgresql: () => import('@mikro-orm/postgresql'),
  mysql: () => import('@mikro-orm/mysql'),
  mariadb: () => import('@mikro-orm/mariadb'),
} as const;

/** What a session is of: MikroORM, and the transaction context that pins an EntityManager to it. */
export interface Pinned {
  readonly orm: Orm;
  readonly context: unknown;
}

/** Runs `work` on one pinned session of MikroORM's own driver, as the pipeline does. */
export async function withSession<Result>(
  database: { readonly kind: keyof typeof drivers; readonly url: string },
  work: (session: Session, pinned: Pinned) => Promise<Result>,
): Promise<Result> {
  const { MikroORM } = await drivers[database.kind]();
  const target =
    database.kind === 'sqlite'
      ? { dbName: database.url.replace(/^sqlite:/, '') }
      : { clientUrl: database.url.replace(/^mariadb:/, 'mysql:') };
  const orm = await MikroORM.init({ ...target, entities: [], discovery: { warnWhenNoEntities: false } });
  try {
    await orm.connect();
    const pinned = (context: unknown): Pinned => ({ orm, context });
    return await withPinnedSession(
      orm.em.getConnection().getClient(),
      () => {},
      (session, context) => work(session, pinned(context)),
    );
  } finally {
    await orm.close(true);
  }
}
