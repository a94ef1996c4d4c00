// Brings the database to the first so many migrations: `node run.js 2`.
import { runner } from 'node-pg-migrate';
import pg from 'pg';

const dbClient = new pg.Client({ connectionString: process.env.DATABASE_URL });
await dbClient.connect();
const options = {
  dbClient,
  dir: `${import.meta.dirname}/migrations`,
  direction: 'up',
  migrationsTable: 'pgmigrations',
  log: () => undefined,
};
const pending = await runner({ ...options, dryRun: true });
const surplus = 3 - Number(process.argv[2]);
await runner({ ...options, count: pending.length - surplus });
await dbClient.end();
