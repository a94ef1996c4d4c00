import { by, type WrittenHistory } from './history.ts';
import type { DatabaseKind } from '../../support/databases.ts';

const checksums = [
  'a2d0de508ffa066933f5f634254d79daf0d37f73e0ac4954f6fefba335ec84ad',
  'f2f0e1969bb9e281de592ead169accd7ec5b4897f76c1954769babe04cc3262c',
  '00000000000000000000000000000000000000000000000000000000000000ff',
];
const names = ['20240105090000_create_inmates', '20240212143000_add_release_date', '20240301080000_create_cells'];

/** The first one failed, was marked as rolled back and ran again. SQLite keeps milliseconds since 1970. */
export const prisma: WrittenHistory = {
  tool: 'prisma',
  source: 'Prisma 6, schema-engine, flavour of each database',
  kinds: ['sqlite', 'postgresql', 'mariadb', 'mysql'],
  globs: ['migrations/*.sql'],
  tables: () => ['_prisma_migrations'],
  create: (kind) => [
    createTable(kind),
    row(kind, { at: 0, id: 'a', second: 1, finished: false, rolledBack: true }),
    row(kind, { at: 0, id: 'b', second: 2, finished: true }),
    row(kind, { at: 1, id: 'c', second: 3, finished: true }),
    row(kind, { at: 2, id: 'd', second: 4, finished: true }),
  ],
  expected: names.map((migration, at) => ({
    migration,
    path: `migrations/${migration}.sql`,
    verified: at < 2,
    appliedAt: `2024-03-01 08:00:0${at + 2}.250000`,
  })),
  unfinished: [
    {
      title: 'a migration has no end',
      statements: (kind) => [row(kind, { at: 2, id: 'e', second: 9, finished: false })],
      says: /20240301080000_create_cells is unfinished: syntax error/u,
    },
  ],
};

function createTable(kind: DatabaseKind): string {
  const time = by(kind, { sqlite: 'DATETIME', postgresql: 'TIMESTAMPTZ', mysql: 'DATETIME(3)' });
  const now = by(kind, { sqlite: 'current_timestamp', postgresql: 'now()', mysql: 'CURRENT_TIMESTAMP(3)' });
  return `CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at ${time},
    migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at ${time}, started_at ${time} NOT NULL DEFAULT ${now},
    applied_steps_count INTEGER NOT NULL DEFAULT 0)`;
}

interface Attempt {
  readonly at: number;
  readonly id: string;
  readonly second: number;
  readonly finished: boolean;
  readonly rolledBack?: boolean;
}

function row(kind: DatabaseKind, { at, id, second, finished, rolledBack = false }: Attempt): string {
  const moment = `2024-03-01 08:00:0${second}.250`;
  const time = kind === 'sqlite' ? String(Date.parse(`${moment.replace(' ', 'T')}Z`)) : `'${moment}'`;
  return `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count)
    VALUES ('${id}', '${checksums[at]}', ${finished ? time : 'null'}, '${names[at]}', ${finished ? 'null' : "'syntax error'"},
      ${rolledBack ? time : 'null'}, ${time}, ${finished ? 1 : 0})`;
}
