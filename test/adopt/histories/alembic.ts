import type { WrittenHistory } from './history.ts';

const revisions = ['1975ea83b712', '27c6a30d7c24', '55f0c1b2d3e4', '3512b954651e', 'ae1027a6acf1'];

/** Two heads: one that merges two branches, one of its own that depends on a revision of the other. */
export const alembic: WrittenHistory = {
  tool: 'alembic',
  source: 'Alembic 1.13, alembic/runtime/migration.py',
  kinds: ['sqlite', 'postgresql', 'mariadb', 'mysql'],
  globs: [],
  tables: () => ['alembic_version'],
  create: () => [
    `create table alembic_version (
      version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num))`,
    `insert into alembic_version (version_num) values ('ae1027a6acf1')`,
    `insert into alembic_version (version_num) values ('55f0c1b2d3e4')`,
  ],
  expected: revisions.map((migration) => ({ migration })),
  unfinished: [],
};
