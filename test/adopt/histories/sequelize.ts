import type { WrittenHistory } from './history.ts';

const names = ['20240105090000-create-inmates', '20240212143000-add-release-date'];

/** The one database of Sequelize that is not tried with itself: its driver there is a binary that a script downloads. */
export const sequelize: WrittenHistory = {
  tool: 'sequelize',
  source: 'Sequelize 6.37, umzug 3.8, src/storage/sequelize.ts',
  kinds: ['sqlite'],
  globs: [],
  tables: () => ['SequelizeMeta'],
  create: () => [
    'create table `SequelizeMeta` (`name` varchar(255) not null unique primary key)',
    ...names.toReversed().map((name) => `insert into SequelizeMeta values ('${name}.js')`),
  ],
  expected: names.map((migration) => ({ migration, name: `${migration}.js` })),
  unfinished: [],
};
