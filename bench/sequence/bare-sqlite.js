import Database from 'better-sqlite3';
import { statements } from './statements.js';

const database = new Database(process.env.DATABASE_URL.replace(/^sqlite:/, ''));
for (const { sql } of statements) {
  database.exec('begin immediate');
  database.exec(sql);
  database.exec('commit');
}
database.close();
