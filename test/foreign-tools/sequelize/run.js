// Brings the database to the first so many migrations: `node run.js 2`.
import { Sequelize } from 'sequelize';
import { SequelizeStorage, Umzug } from 'umzug';

const url = process.env.DATABASE_URL.replace(/^mariadb:/, 'mysql:').replace(/^postgresql:/, 'postgres:');
const sequelize = new Sequelize(url, { logging: false });
const umzug = new Umzug({
  migrations: {
    glob: ['migrations/*.js', { cwd: import.meta.dirname }],
    resolve: ({ name, path, context }) => ({
      name,
      up: async () => (await import(path)).up(context),
      down: async () => (await import(path)).down(context),
    }),
  },
  context: sequelize.getQueryInterface(),
  storage: new SequelizeStorage({ sequelize }),
  logger: undefined,
});
const step = Number(process.argv[2]) - (await umzug.executed()).length;
if (step > 0) await umzug.up({ step });
await sequelize.close();
