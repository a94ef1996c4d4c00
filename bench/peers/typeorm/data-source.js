import { DataSource } from 'typeorm';
import { NineTables1704067200000 } from './migrations/nine-tables.js';

const url = new URL(process.env.DATABASE_URL);
const types = { 'sqlite:': 'better-sqlite3', 'postgresql:': 'postgres', 'mysql:': 'mysql', 'mariadb:': 'mariadb' };

export default new DataSource({
  type: types[url.protocol],
  ...(url.protocol === 'sqlite:' ? { database: url.pathname } : { url: url.href }),
  migrations: [NineTables1704067200000],
});
