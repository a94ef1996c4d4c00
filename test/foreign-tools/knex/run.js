// Brings the database to the first so many migrations: `node run.js 2`.
import knex from 'knex';
import config from './knexfile.js';

const database = knex(config);
const [done] = await database.migrate.list();
for (let at = done.length; at < Number(process.argv[2]); at += 1) await database.migrate.up();
await database.destroy();
