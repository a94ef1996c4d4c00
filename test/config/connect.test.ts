import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTo, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { defineEntity, p } from '@mikro-orm/core';
import { MariaDbDriver } from '@mikro-orm/mariadb';
import { MySqlDriver } from '@mikro-orm/mysql';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { connect, type Connection, type ConnectOptions } from '../../src/config/connect.ts';
import { importPackage } from '../../src/config/project-package.ts';
import type { OrmOptions } from '../../src/config/target.ts';
import { createDatabase, databaseKinds, type DatabaseKind } from '../support/databases.ts';

const A = defineEntity({ name: 'A', tableName: 'a', properties: { id: p.integer().primary() } });
const file = fileURLToPath(new URL('../../mikro-orm.config.ts', import.meta.url));
const drivers = { sqlite: SqliteDriver, postgresql: PostgreSqlDriver, mysql: MySqlDriver, mariadb: MariaDbDriver };

type Given = Omit<ConnectOptions, 'config'> & { orm?: OrmOptions; migrationUrl?: string; file?: string };

function open({ orm = {}, migrationUrl, file: config = file, ...options }: Given): Promise<Connection> {
  return connect({
    env: {},
    ...options,
    config: {
      file: config,
      options: { entities: [A], ...orm } as OrmOptions,
      migrate: { ...(migrationUrl && { migrationUrl }) },
    },
  });
}

async function told(
  given: Given,
): Promise<{ dialect: string; database: string; server: string; notices: string[]; rows: unknown }> {
  const notices: string[] = [];
  const connection = await open({ onNotice: (text) => notices.push(text), ...given });
  try {
    const rows = await connection.withSession(
      () => {},
      (session) => session.query('select 1 as one'),
    );
    return { dialect: connection.dialectName, ...connection.describe, notices, rows };
  } finally {
    await connection.close();
  }
}

const refused = (given: Given): Promise<Record<string, unknown>> =>
  open(given).then(
    async (connection) => {
      await connection.close();
      throw new Error('it connected');
    },
    (error: Error & { code: string; exitCode: number; fix: string }) => ({
      code: error.code,
      exit: error.exitCode,
      message: error.message,
      fix: error.fix,
      shown: inspect({ ...error, cause: undefined }),
    }),
  );

const serverUrl = (kind: DatabaseKind): string => inject('serverUrls')[kind] ?? '';
const change = (url: string, edit: (url: URL) => void): string => {
  const changed = new URL(url);
  edit(changed);
  return changed.href;
};

const servers = databaseKinds.filter((kind) => kind !== 'sqlite');

describe.each(databaseKinds)('%s', (kind) => {
  const database = async (): Promise<string> => {
    const made = await createDatabase(kind);
    onTestFinished(() => made.drop());
    return made.url;
  };

  test('connects to the database of DATABASE_URL, of --database-url, of migrationUrl and of the config', async () => {
    const url = await database();
    const name = kind === 'sqlite' ? url.slice('sqlite:'.length) : new URL(url).pathname.slice(1);
    const expected = { dialect: kind, database: name, notices: [], rows: [{ one: 1 }] };
    const elsewhere: OrmOptions = { driver: drivers[kind], dbName: 'nowhere', host: 'nowhere.invalid', user: 'nobody' };
    expect(await told({ env: { DATABASE_URL: url } })).toMatchObject(expected);
    expect(await told({ databaseUrl: url, orm: elsewhere, env: { DATABASE_URL: 'sqlite:nowhere' } })).toMatchObject(
      expected,
    );
    expect(await told({ migrationUrl: url, orm: elsewhere })).toMatchObject(expected);
    const configured = kind === 'sqlite' ? { dbName: name } : { clientUrl: url };
    expect(await told({ orm: { driver: drivers[kind], ...configured } })).toMatchObject(expected);
  });
});

describe.skipIf(servers.length === 0).each(servers)('%s, a server', (kind) => {
  test('creates a missing database of any name', async () => {
    const name = `made "here" \`now\` ${process.pid}`;
    const url = change(serverUrl(kind), (to) => (to.pathname = `/${encodeURIComponent(name)}`));
    const made = await told({ databaseUrl: url });
    onTestFinished(async () => {
      const connection = await open({ databaseUrl: serverUrl(kind) });
      const quoted = kind === 'postgresql' ? `"${name.replaceAll('"', '""')}"` : `\`${name.replaceAll('`', '``')}\``;
      await connection.withSession(
        () => {},
        (session) => session.run(`drop database ${quoted}`),
      );
      await connection.close();
    });
    expect(made).toMatchObject({ database: name, notices: [`created the database ${name}`] });
    expect(await told({ databaseUrl: url })).toMatchObject({ notices: [] });
  });

  test('does not create it where the config says so', async () => {
    const url = change(serverUrl(kind), (to) => (to.pathname = '/not_there'));
    expect(await refused({ databaseUrl: url, orm: { ensureDatabase: false } })).toMatchObject({
      code: 'DATABASE_MISSING',
      exit: 69,
      message: expect.stringContaining('not_there'),
    });
  });

  test('a wrong password fails at once and is not shown', async () => {
    const url = change(serverUrl(kind), (to) => {
      to.username = 'stranger';
      to.password = 'open sesame 1001';
    });
    const start = performance.now();
    const error = await refused({ databaseUrl: url, wait: 60_000 });
    expect(performance.now() - start).toBeLessThan(5000);
    expect(error).toMatchObject({ code: 'ACCESS_DENIED', exit: 69 });
    expect(JSON.stringify(error)).not.toMatch(/open.{1,3}sesame/u);
  });

  test('waits for a server that does not answer yet, then says what for', async () => {
    const port = await freePort();
    const url = change(serverUrl(kind), (to) => (to.port = String(port)));
    const waited: string[] = [];
    const error = await refused({
      databaseUrl: url,
      wait: 700,
      onWait: ({ target, message }) => waited.push(`${target} ${message}`),
    });
    expect(error).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      exit: 69,
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ did not answer within 0\.7 s: .*ECONNREFUSED/u),
    });
    expect(waited.length).toBeGreaterThan(1);
    expect(waited.join()).toContain(`127.0.0.1:${port}`);
    expect(waited.join()).not.toContain('@');
  });

  test('connects when the server answers within the time', async () => {
    const port = await freePort();
    const real = new URL(serverUrl(kind));
    const url = change(serverUrl(kind), (to) => (to.port = String(port)));
    setTimeout(() => forward(port, Number(real.port)), 500);
    expect(await told({ databaseUrl: url, wait: 20_000 })).toMatchObject({ dialect: kind });
  });
});

test.skipIf(!databaseKinds.includes('postgresql'))(
  'a missing database that the user may not create is said',
  async () => {
    const admin = await open({ databaseUrl: serverUrl('postgresql') });
    const role = `nobody_${process.pid}`;
    await admin.withSession(
      () => {},
      (session) => session.run(`create role ${role} login password 'tiny feet 7'`),
    );
    onTestFinished(async () => {
      await admin.withSession(
        () => {},
        (session) => session.run(`drop role ${role}`),
      );
      await admin.close();
    });
    const url = change(serverUrl('postgresql'), (to) => {
      [to.username, to.password, to.pathname] = [role, 'tiny feet 7', '/not_there'];
    });
    expect(await refused({ databaseUrl: url })).toMatchObject({
      code: 'DATABASE_MISSING',
      exit: 69,
      message: expect.stringContaining('permission denied to create database'),
    });
  },
);

describe.skipIf(!databaseKinds.includes('mariadb') || !databaseKinds.includes('mysql'))(
  'the driver follows the server',
  () => {
    test('MariaDB behind the driver for MySQL', async () => {
      const { dialect, notices, server } = await told({
        orm: { driver: MySqlDriver },
        env: { DATABASE_URL: serverUrl('mariadb') },
      });
      expect({ dialect, notices: notices.length }).toEqual({ dialect: 'mariadb', notices: 1 });
      expect(notices[0]).toMatch(
        /^the server is MariaDB \d+\.\d+\.\d+, the config says mysql: mikrate uses the driver for mariadb$/u,
      );
      expect(server).toMatch(/^MariaDB /u);
    });

    test('MySQL behind the driver for MariaDB', async () => {
      const url = serverUrl('mysql').replace(/^mysql:/u, 'mariadb:');
      expect(await told({ env: { DATABASE_URL: url } })).toMatchObject({
        dialect: 'mysql',
        notices: [expect.stringContaining('the config says mariadb')],
      });
    });
  },
);

describe('SQLite', () => {
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'mikrate-connect-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };

  test('the folder is made', async () => {
    const path = join(folder(), 'deep', 'er', 'app.db');
    const connection = await open({ databaseUrl: `sqlite:${path}` });
    expect({ file: connection.file, ...connection.describe }).toEqual({
      file: path,
      server: expect.stringMatching(/^SQLite 3\.\d+\.\d+$/u),
      database: path,
    });
    await connection.close();
  });

  test('a folder that cannot be made is said', async () => {
    const path = join(folder(), 'a');
    writeFileSync(path, '');
    expect(await refused({ databaseUrl: `sqlite:${path}/app.db` })).toMatchObject({
      code: 'DATABASE_MISSING',
      exit: 69,
    });
  });

  test('memory has no file', async () => {
    const connection = await open({ databaseUrl: 'sqlite::memory:' });
    expect(connection.file).toBeUndefined();
    await connection.close();
  });

  test('waits for another writer', async () => {
    const connection = await open({ databaseUrl: `sqlite:${join(folder(), 'a.db')}` });
    expect(
      await connection.withSession(
        () => {},
        (session) => session.query('pragma busy_timeout'),
      ),
    ).toEqual([{ timeout: 10_000 }]);
    await connection.close();
  });
});

describe('config and URL', () => {
  test('DATABASE_URL does not override a database that the config names', async () => {
    const orm: OrmOptions = { driver: SqliteDriver, dbName: ':memory:' };
    expect(await told({ orm, env: { DATABASE_URL: 'sqlite:/nowhere/else.db' } })).toMatchObject({
      database: ':memory:',
    });
  });

  test.each([{ env: { DATABASE_URL: 'postgresql://h/d' } }, { migrationUrl: 'mysql://h/d' }])(
    'a URL for another kind of database contradicts the config: %j',
    async (given) => {
      expect(await refused({ ...given, orm: { driver: SqliteDriver, dbName: ':memory:' } })).toMatchObject({
        code: 'URL_CONTRADICTS_CONFIG',
        exit: 64,
      });
    },
  );

  test("DATABASE_URL fills what the config leaves open, MikroORM's own variables count as config", async () => {
    const orm: OrmOptions = { driver: SqliteDriver };
    expect(await told({ orm, env: { DATABASE_URL: 'sqlite::memory:' } })).toMatchObject({ database: ':memory:' });
    expect(
      await told({ orm, env: { DATABASE_URL: 'sqlite:/nowhere/else.db', MIKRO_ORM_DB_NAME: ':memory:' } }),
    ).toMatchObject({ database: ':memory:' });
    expect(await refused({ orm, env: {} })).toMatchObject({
      code: 'CONFIG_DOES_NOT_LOAD',
      message: expect.stringContaining('names no database'),
    });
    expect(await refused({ env: { DATABASE_URL: 'mysql://h' } })).toMatchObject({
      code: 'URL_INVALID',
      message: expect.stringContaining('names no database'),
    });
  });

  test('without any of them, it is said', async () => {
    expect(await refused({})).toMatchObject({
      code: 'CONFIG_DOES_NOT_LOAD',
      message: expect.stringContaining('DATABASE_URL'),
    });
  });

  test('a driver for no known database', async () => {
    const MongoDriver = { MongoDriver: function () {} }.MongoDriver;
    expect(await refused({ orm: { driver: MongoDriver as never } })).toMatchObject({
      code: 'DRIVER_UNKNOWN',
      message: expect.stringContaining('MongoDriver'),
    });
  });
});

describe('what does not fit together', () => {
  const project = (packages: Record<string, string>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'mikrate-packages-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [name, version] of Object.entries(packages)) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      writeFileSync(
        join(folder, 'node_modules', name, 'package.json'),
        JSON.stringify({ name, version, exports: { '.': './index.js', './package.json': './package.json' } }),
      );
      writeFileSync(join(folder, 'node_modules', name, 'index.js'), '');
    }
    return join(folder, 'mikro-orm.config.ts');
  };

  test('two versions of MikroORM', async () => {
    const at = project({ '@mikro-orm/sql': '7.2.1', '@mikro-orm/sqlite': '7.2.0' });
    expect(await refused({ file: at, databaseUrl: 'sqlite::memory:' })).toMatchObject({
      code: 'VERSIONS_DIFFER',
      exit: 64,
      message: expect.stringContaining('@mikro-orm/sqlite@7.2.0'),
    });
  });

  test('two copies of its core', async () => {
    const at = project({ '@mikro-orm/core': '7.2.1' });
    expect(await refused({ file: at, databaseUrl: 'sqlite::memory:' })).toMatchObject({
      code: 'VERSIONS_DIFFER',
      message: expect.stringContaining('@mikro-orm/core@7.2.1 in '),
    });
  });

  test('a driver that is not installed, with the command that installs it', async () => {
    await expect(importPackage('@mikro-orm/not-there', file, '7.2.1')).rejects.toMatchObject({
      code: 'DRIVER_MISSING',
      exitCode: 64,
      fix: 'npm install --save-exact @mikro-orm/not-there@7.2.1',
    });
  });

  test('an entity that MikroORM refuses is named', async () => {
    const Broken = defineEntity({ name: 'Broken', properties: { name: p.string() } });
    expect(await refused({ databaseUrl: 'sqlite::memory:', orm: { entities: [Broken] } as OrmOptions })).toMatchObject({
      code: 'MODELS_DO_NOT_LOAD',
      exit: 64,
      message: expect.stringContaining('Broken'),
    });
  });
});

test('entities of our own are discovered with those of the config', async () => {
  const Log = defineEntity({ name: 'Log', tableName: 'log', properties: { id: p.integer().primary() } });
  const connection = await open({ databaseUrl: 'sqlite::memory:', entities: [Log] });
  expect(
    connection.orm.schema
      .getTargetSchema()
      .getTables()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['a', 'log']);
  await connection.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Lets a port lead to another, as if a server had come up there. */
function forward(from: number, to: number): void {
  const server = createServer((incoming) => {
    const outgoing = connectTo(to, '127.0.0.1');
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('error', () => outgoing.destroy());
    outgoing.on('error', () => incoming.destroy());
  });
  server.listen(from, '127.0.0.1');
  server.unref();
  onTestFinished(() => void server.close());
}
