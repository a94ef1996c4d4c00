import { by, type WrittenHistory } from './history.ts';

/** One row: version 2, which stands for both files up to it. */
export const golangMigrate: WrittenHistory = {
  tool: 'golang-migrate',
  source: 'golang-migrate 4.18, database/{sqlite,postgres,mysql}',
  kinds: ['sqlite', 'postgresql', 'mariadb', 'mysql'],
  globs: ['migrations/*.up.sql'],
  tables: () => ['schema_migrations'],
  create: (kind) => [
    by(kind, {
      sqlite: 'create table schema_migrations (version uint64, dirty bool)',
      postgresql: 'create table schema_migrations (version bigint not null primary key, dirty boolean not null)',
      mysql: 'create table schema_migrations (version bigint not null primary key, dirty boolean not null)',
    }),
    'insert into schema_migrations (version, dirty) values (2, false)',
  ],
  expected: ['000001_create_inmates', '000002_add_release_date'].map((migration) => ({
    migration,
    path: `migrations/${migration}.up.sql`,
  })),
  unfinished: [
    {
      title: 'the version is dirty',
      statements: () => ['update schema_migrations set dirty = true'],
      says: /000002_add_release_date is unfinished: it is marked dirty/u,
    },
  ],
};
