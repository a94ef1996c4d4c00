import { expect, test } from 'vitest';
import { mysql } from '../../../src/dialects/mysql/index.ts';
import { dialectOf } from '../../../src/dialects/mysql/read-server.ts';
import { missingRights } from '../../../src/dialects/mysql/rights.ts';
import { createDatabase } from '../../support/databases.ts';
import { withSession } from '../../support/open-session.ts';
import { sessionCases } from './session-cases.ts';

sessionCases(mysql);

test.each([
  ['8.0.36', 'MySQL Community Server - GPL', 'mysql'],
  ['8.0.36-28', 'Percona Server (GPL)', 'mysql'],
  ['9.7.4-2', '(Debian)', 'mysql'],
  ['10.11.18-MariaDB-0+deb12u1', 'Debian 12', 'mariadb'],
  ['5.5.5-10.6.1-MariaDB', '', 'mariadb'],
  ['11.8.2-MariaDB', '', 'mariadb'],
  ['10.5.1-MariaDB', '', undefined],
  ['5.7.44', 'MySQL Community Server', undefined],
  ['8.0.11-TiDB-v8.1.0', 'TiDB Server (Apache License 2.0)', undefined],
  ['8.0.30-Vitess', '', undefined],
] as const)('%s (%s) is %s', (version, comment, dialect) => {
  expect(dialectOf(version, comment)).toBe(dialect);
});

test('a server is known by its own words, whatever driver speaks to it', async () => {
  const database = await createDatabase('mariadb');
  try {
    await withSession({ kind: 'mysql', url: database.url.replace('mariadb:', 'mysql:') }, async (session) => {
      expect((await mysql.readServer(session)).dialect).toBe('mariadb');
    });
  } finally {
    await database.drop();
  }
});

test('a right that was taken back for one database is missing there only', () => {
  const grants = [
    { revoked: false, rights: ['ALL PRIVILEGES'], database: undefined },
    { revoked: true, rights: ['DROP'], database: 'a\\_b' },
  ];
  expect(missingRights(grants, { database: 'a_b', user: "o'x@%" })).toEqual([
    { right: 'DROP', grant: "GRANT DROP ON `a\\_b`.* TO 'o''x'@'%'" },
  ]);
  expect(missingRights(grants, { database: 'axb', user: 'u@%' })).toEqual([]);
});
