import pg from 'pg';
import { statements } from './statements.js';

const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
for (const { sql } of statements) {
  await client.query('begin');
  await client.query(sql);
  await client.query('commit');
}
await client.end();
