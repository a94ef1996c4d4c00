import Database from 'better-sqlite3';

const database = new Database(new URL(process.env.DATABASE_URL).pathname);
database.prepare('select 1').all();
database.close();
