import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { IdleReader, IdleState, IdleTarget } from '../dialects/idle-reader.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { areMigrationsUnchanged, isUnchanged, type IdleDigests } from './idle-digests.ts';
import { keepText } from './texts-of-start.ts';
import { chooseTls } from './tls.ts';

/** What the idle path found out: the database is as the last run left it, and so is everything else. */
export interface IdleResult {
  readonly head: { readonly version: number; readonly hash: string };
  readonly withheld: number;
  readonly notOurs: number;
}

/** What a run that left nothing to do writes into the lock table. */
export interface SettledNote {
  readonly release: string;
  readonly digest: string;
  readonly tool: string;
  readonly withheld: number;
  readonly notOurs: number;
}

const readers: { readonly [name in DialectName]: { package: string; read(): Promise<{ readIdleState: IdleReader }> } } =
  {
    sqlite: { package: '@mikro-orm/sqlite', read: () => import('../dialects/sqlite/idle.ts') },
    postgresql: { package: '@mikro-orm/postgresql', read: () => import('../dialects/postgres/idle.ts') },
    mysql: { package: '@mikro-orm/mysql', read: () => import('../dialects/mysql/idle.ts') },
    mariadb: { package: '@mikro-orm/mysql', read: () => import('../dialects/mariadb/idle.ts') },
  };

/**
 * Answers "nothing to do" before MikroORM, the config or an argument parser are loaded: by digests of all that they
 * would read, and three queries through the bare driver. `undefined` on any doubt: then the full path decides.
 */
export async function findIdle(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  tool: string,
): Promise<IdleResult | undefined> {
  try {
    const lock = JSON.parse(readFileSync(join(cwd, 'migrations/schema.lock.json'), 'utf8')) as {
      id: string;
      idle?: IdleDigests;
    };
    if (!lock.idle || env['MIKRO_ORM_CLI_CONFIG'] || env['MIKRO_ORM_CONTEXT_NAME'] || !isUnchanged(lock.idle, cwd, env))
      return undefined;
    const place = placeOf(lock.idle, cwd, env['DATABASE_URL']);
    if (!place) return undefined;
    const { package: name, read } = readers[place.dialect];
    const load = createRequire(createRequire(join(cwd, 'package.json')).resolve(name));
    const { readIdleState } = await read();
    const { idle } = lock;
    // They may be many.
    let areUnchanged = false;
    const meanwhile = (): void => {
      areUnchanged = areMigrationsUnchanged(idle, cwd, keepText);
    };
    const found = judge(await readIdleState(place.target, idle.log, { load, meanwhile }), lock.id, tool);
    return areUnchanged ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The last run ended, for this release and by this version of the tool, and the catalogs are as it left them. */
function judge({ head, settled, digest }: IdleState, release: string, tool: string): IdleResult | undefined {
  if (!head || settled === null || head.event !== 'verified' || head.release !== release) return undefined;
  const note = JSON.parse(settled) as SettledNote;
  if (note.release !== release || note.digest !== digest || note.tool !== tool) return undefined;
  return { head: { version: Number(head.version), hash: head.hash }, withheld: note.withheld, notOurs: note.notOurs };
}

function placeOf(
  digests: IdleDigests,
  cwd: string,
  url: string | undefined,
): { dialect: DialectName; target: IdleTarget } | undefined {
  if (!url)
    return digests.defaultFile === undefined
      ? undefined
      : { dialect: 'sqlite', target: { database: resolve(cwd, digests.defaultFile) } };
  const { dialect, host, port, user, password, database, parameters } = parseDatabaseUrl(url);
  if (database === undefined) return undefined;
  if (dialect === 'sqlite') return { dialect, target: { database: resolve(cwd, database) } };
  // Parameters may mean anything to a driver; only those of TLS are known to mean the same here.
  const isKnown = Object.keys(parameters).every((name) => name.startsWith('ssl'));
  return isKnown
    ? {
        dialect,
        target: { host, port, user, password: password?.reveal(), database, ssl: chooseTls(host, parameters) },
      }
    : undefined;
}
