import { by, type WrittenHistory } from './history.ts';

/** As the real one writes it: here for its lock, which a crash leaves held. */
export const knex: WrittenHistory = {
  tool: 'knex',
  source: 'Knex 3.3, lib/migrations/migrate/table-creator.js',
  kinds: ['sqlite', 'postgresql', 'mariadb', 'mysql'],
  globs: [],
  tables: () => ['knex_migrations', 'knex_migrations_lock'],
  create: (kind) => [
    by(kind, {
      sqlite: `create table knex_migrations (id integer not null primary key autoincrement, name varchar(255), batch integer, migration_time datetime)`,
      postgresql: `create table knex_migrations (id serial primary key, name varchar(255), batch integer, migration_time timestamptz)`,
      mysql: `create table knex_migrations (id int unsigned not null auto_increment primary key, name varchar(255), batch int, migration_time timestamp null)`,
    }),
    'create table knex_migrations_lock (idx integer primary key, is_locked integer)',
    'insert into knex_migrations_lock values (1, 0)',
    `insert into knex_migrations (name, batch) values ('20240105090000_create_inmates.js', 1)`,
    `insert into knex_migrations (name, batch) values ('sub folder/20240212143000_Häftlinge "x".ts', 1)`,
  ],
  expected: [
    { migration: '20240105090000_create_inmates', name: '20240105090000_create_inmates.js' },
    {
      migration: 'sub_folder_20240212143000_H_ftlinge_x_.ts-9650fe96d609',
      name: 'sub folder/20240212143000_Häftlinge "x".ts',
    },
  ],
  unfinished: [
    {
      title: 'its lock is held',
      statements: () => ['update knex_migrations_lock set is_locked = 1'],
      says: /knex_migrations_lock is held/u,
    },
  ],
};
