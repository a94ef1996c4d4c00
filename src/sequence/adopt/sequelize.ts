import type { ForeignTool } from './foreign-tool.ts';

/** Sequelize's command line and umzug with its storage: nothing but names, run in their order. */
export const sequelize: ForeignTool = {
  name: 'sequelize',
  aliases: ['umzug', 'sequelize-cli'],
  title: 'Sequelize',
  tables: [
    {
      names: ['SequelizeMeta', 'sequelizemeta'],
      columns: ['name'],
      optional: ['createdat'],
      orderBy: [],
    },
  ],
  read: ({ rows }) => ({
    entries: rows
      .map(({ name }) => name ?? '')
      .toSorted()
      .map((name) => ({ name, state: 'applied' })),
  }),
};
