// Brings the database to the first so many migrations: `node run.js 2`.
import { readdir } from 'node:fs/promises';
import { DataSource } from 'typeorm';

const folder = `${import.meta.dirname}/migrations`;
const files = (await readdir(folder)).sort().slice(0, Number(process.argv[2]));
const modules = await Promise.all(files.map((file) => import(`${folder}/${file}`)));
const url = new URL(process.env.DATABASE_URL);
const kind = { 'sqlite:': 'better-sqlite3', 'postgresql:': 'postgres', 'mysql:': 'mysql', 'mariadb:': 'mariadb' }[
  url.protocol
];
const database = new DataSource({
  type: kind,
  ...(kind === 'better-sqlite3' ? { database: url.pathname } : { url: url.href }),
  migrations: modules.flatMap((module) => Object.values(module)),
});
await database.initialize();
await database.runMigrations();
await database.destroy();
