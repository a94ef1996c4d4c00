// Brings the database to the first so many migrations: `node run.js 2`.
import { promises as fs } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { createPool } from 'mysql2';
import pg from 'pg';

const url = new URL(process.env.DATABASE_URL);
const mysql = () => new MysqlDialect({ pool: createPool(url.href.replace(/^mariadb:/, 'mysql:')) });
const dialects = {
  'sqlite:': () => new SqliteDialect({ database: new Database(url.pathname) }),
  'postgresql:': () => new PostgresDialect({ pool: new pg.Pool({ connectionString: url.href }) }),
  'mysql:': mysql,
  'mariadb:': mysql,
};
const db = new Kysely({ dialect: dialects[url.protocol]() });
const folder = path.join(import.meta.dirname, 'migrations');
const names = (await fs.readdir(folder)).sort().map((file) => path.parse(file).name);
const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: folder }) });
const { error } = await migrator.migrateTo(names[Number(process.argv[2]) - 1]);
await db.destroy();
if (error) throw new Error('the migration failed', { cause: error });
