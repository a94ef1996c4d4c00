// umzug over sequelize, as umzug's own documentation sets it up.
import { Sequelize } from 'sequelize';
import { SequelizeStorage, Umzug } from 'umzug';

const url = new URL(process.env.DATABASE_URL);
// Sequelize's `mariadb` dialect needs another driver; over mysql2, like all tools here, it is `mysql`.
const sequelize =
  url.protocol === 'sqlite:'
    ? new Sequelize({ dialect: 'sqlite', storage: url.pathname, logging: false })
    : new Sequelize(url.href.replace(/^mariadb:/, 'mysql:'), { logging: false });
const umzug = new Umzug({
  migrations: { glob: ['migrations/*.js', { cwd: import.meta.dirname }] },
  context: sequelize.getQueryInterface(),
  storage: new SequelizeStorage({ sequelize }),
  logger: undefined,
});
await umzug.up();
await sequelize.close();
