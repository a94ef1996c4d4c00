import { MySqlDriver } from '@mikro-orm/mysql';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { connect } from '../../src/config/connect.ts';
import { chooseTarget, type OrmOptions } from '../../src/config/target.ts';
import { chooseTls, isLoopback } from '../../src/config/tls.ts';
import { databaseKinds, type DatabaseKind } from '../support/databases.ts';

const verified = { rejectUnauthorized: true, verifyIdentity: true };
const unverified = { rejectUnauthorized: false, verifyIdentity: false };
const file = fileURLToPath(new URL('../../mikro-orm.config.ts', import.meta.url));

test('this machine is known by all its addresses', () => {
  expect(
    [
      undefined,
      '',
      'localhost',
      'LOCALHOST',
      'db.localhost',
      '127.0.0.1',
      '127.9.8.7',
      '::1',
      '/var/run/postgresql',
    ].map(isLoopback),
  ).toEqual(Array(9).fill(true));
  expect(
    ['db', 'localhost.example.com', '10.0.0.1', '128.0.0.1', '::2', '127.0.0.1.example.com', 'notlocalhost'].map(
      isLoopback,
    ),
  ).toEqual(Array(7).fill(false));
});

test('a server on another machine is verified unless the URL says otherwise', () => {
  expect(chooseTls('db', {})).toEqual(verified);
  expect(chooseTls('localhost', {})).toBeUndefined();
  expect(chooseTls('localhost', { sslmode: 'verify-full' })).toEqual(verified);
  expect(['disable', 'DISABLED', 'false'].map((sslmode) => chooseTls('db', { sslmode }))).toEqual([
    false,
    false,
    false,
  ]);
  expect(['require', 'prefer', 'no-verify'].map((sslmode) => chooseTls('db', { sslmode }))).toEqual([
    unverified,
    unverified,
    unverified,
  ]);
  expect(chooseTls('db', { 'ssl-mode': 'REQUIRED' })).toEqual(unverified);
  expect(chooseTls('db', { sslmode: 'gibberish' })).toEqual(verified);
});

test('… or the config says otherwise', async () => {
  const sslOf = async (orm: OrmOptions): Promise<unknown> => {
    const { options } = await chooseTarget({ dbName: 'd', host: 'db', ...orm }, {}, { from: file, version: '7.2.1' });
    return (options.driverOptions as { ssl?: unknown }).ssl;
  };
  const [postgres, mysql] = [{ driver: PostgreSqlDriver as never }, { driver: MySqlDriver as never }];
  expect(await sslOf(postgres)).toEqual(verified);
  expect(await sslOf(mysql)).toEqual(verified);
  expect(await sslOf({ ...postgres, driverOptions: { ssl: false } })).toBe(false);
  expect(await sslOf({ ...mysql, driverOptions: { ssl: { rejectUnauthorized: false } } })).toEqual({
    rejectUnauthorized: false,
  });
  expect(await sslOf({ ...mysql, driverOptions: { ssl: undefined } })).toBeUndefined();
  expect(await sslOf({ ...postgres, host: 'localhost' })).toBeUndefined();
});

describe.each(databaseKinds.filter((kind) => kind !== 'sqlite'))('%s', (kind: DatabaseKind) => {
  const attempt = async (mode: string): Promise<string> => {
    const url = new URL(inject('serverUrls')[kind] ?? '');
    url.searchParams.set('sslmode', mode);
    try {
      const connection = await connect({
        config: { file, options: { entities: [], discovery: { warnWhenNoEntities: false } }, migrate: {} },
        databaseUrl: url.href,
        env: {},
      });
      await connection.close();
      return 'connected';
    } catch (error) {
      return `${(error as { code: string }).code}: ${(error as Error).message}`;
    }
  };

  test('verification is refused by a server that has no certificate to trust, and says how to do without', async () => {
    expect(await attempt('verify-full')).toMatch(
      /^SERVER_UNREACHABLE: 127\.0\.0\.1:\d+ .*\(TLS with a valid certificate is required .*sslmode=disable/u,
    );
    expect(await attempt('disable')).toBe('connected');
  });
});
