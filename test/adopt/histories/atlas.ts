import { by, type WrittenHistory } from './history.ts';
import type { DatabaseKind } from '../../support/databases.ts';

/** On PostgreSQL in a namespace of its own; its cloud keeps an identifier among the revisions. */
export const atlas: WrittenHistory = {
  tool: 'atlas',
  source: 'Atlas 0.30, table as `atlas schema inspect` shows it',
  kinds: ['sqlite', 'postgresql', 'mariadb', 'mysql'],
  globs: ['migrations/*.sql'],
  tables: (kind) =>
    kind === 'postgresql' ? [['atlas_schema_revisions', 'atlas_schema_revisions']] : ['atlas_schema_revisions'],
  create: (kind) => [
    ...(kind === 'postgresql' ? ['create schema atlas_schema_revisions'] : []),
    createTable(kind),
    row(kind, { version: '.atlas_cloud_identifier', title: 'b4f1', applied: 0 }),
    row(kind, { version: '20240105090000', title: 'create_inmates', applied: 2 }),
    row(kind, { version: '20240212143000', title: 'add_release_date', applied: 2 }),
  ],
  expected: ['20240105090000_create_inmates', '20240212143000_add_release_date'].map((migration) => ({
    migration,
    path: `migrations/${migration}.sql`,
    appliedAt: '2024-03-01 08:00:00.000000',
    verified: true,
  })),
  unfinished: [
    {
      title: 'not every statement is applied',
      statements: (kind) => [row(kind, { version: '20240301080000', title: 'create_cells', applied: 1 })],
      says: /20240301080000_create_cells is unfinished: 1 of 2 statements are applied/u,
    },
    {
      title: 'a statement failed',
      statements: (kind) => [
        `update ${table(kind)} set error = 'near "tabel": syntax error' where version = '20240212143000'`,
      ],
      says: /20240212143000_add_release_date is unfinished: near "tabel": syntax error/u,
    },
  ],
};

const table = (kind: DatabaseKind): string =>
  `${kind === 'postgresql' ? 'atlas_schema_revisions.' : ''}atlas_schema_revisions`;

function createTable(kind: DatabaseKind): string {
  const name = by(kind, { sqlite: 'text', postgresql: 'character varying', mysql: 'varchar(255)' });
  const count = by(kind, { sqlite: 'integer', postgresql: 'bigint', mysql: 'bigint' });
  const text = by(kind, { sqlite: 'text', postgresql: 'text', mysql: 'longtext' });
  const time = by(kind, { sqlite: 'datetime', postgresql: 'timestamptz', mysql: 'timestamp' });
  return `create table ${table(kind)} (version ${name} not null, description ${name} not null, type ${count} not null default 2,
    applied ${count} not null default 0, total ${count} not null default 0, executed_at ${time} not null,
    execution_time ${count} not null, error ${text} null, error_stmt ${text} null, hash ${name} not null,
    partial_hashes ${by(kind, { sqlite: 'json', postgresql: 'jsonb', mysql: 'json' })} null,
    operator_version ${name} not null, primary key (version))`;
}

/** Of the files beside: made with `openssl dgst -sha256` over their names and bytes, one behind the other. */
const hashes: Readonly<Record<string, string>> = {
  '20240105090000': 'uB0yjVd5aVxg4te/312E130taqipVxJg8FlR1PRQmZ4=',
  '20240212143000': 'hzReMBS7rITEezoJYUPp7V4a5NJsVIXWrFsz5mpQLho=',
};

interface Revision {
  readonly version: string;
  readonly title: string;
  readonly applied: number;
}

function row(kind: DatabaseKind, { version, title, applied }: Revision): string {
  const time = kind === 'postgresql' ? '2024-03-01 09:00:00+01' : '2024-03-01 08:00:00';
  return `insert into ${table(kind)} (version, description, applied, total, executed_at, execution_time, hash, operator_version)
    values ('${version}', '${title}', ${applied}, 2, '${time}', 1000000, '${hashes[version] ?? ''}', 'Atlas CLI v0.30.0')`;
}
