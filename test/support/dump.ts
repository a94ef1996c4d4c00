import Database from 'better-sqlite3';
import { quoteName } from './connections/quote.ts';
import { parseServerUrl } from './connections/server-url.ts';
import { sqlitePath } from './connections/sqlite.ts';
import { createDatabase } from './databases.ts';
import type { DatabaseKind, TestDatabase } from './databases.ts';
import { runCommand, withArguments } from './servers/command.ts';
import { findTools } from './servers/index.ts';

const copiers: { readonly [K in DatabaseKind]: (from: TestDatabase, to: TestDatabase) => Promise<void> } = {
  sqlite: copySqlite,
  postgresql: copyPostgres,
  mariadb: (from, to) => copyMysql(from, to, { kind: 'mariadb', dump: 'mariadb-dump', client: 'mariadb' }),
  mysql: (from, to) => copyMysql(from, to, { kind: 'mysql', dump: 'mysqldump', client: 'mysql' }),
};

/** A new database restored from a dump of this one, made by the programs that the server's users have for it. */
export async function dumpAndRestore(database: TestDatabase): Promise<TestDatabase> {
  const copy = await createDatabase(database.kind, { name: 'restored' });
  await copiers[database.kind](database, copy);
  return copy;
}

/** What `pg_dump` writes; with `args` such as `--schema-only`. */
export async function dumpPostgres(database: TestDatabase, args: readonly string[] = []): Promise<string> {
  const tools = await findTools('postgresql');
  return (
    await runCommand(withArguments(tools.command('pg_dump'), args), { env: postgresEnvironment(database) })
  ).toString('utf8');
}

async function copyPostgres(from: TestDatabase, to: TestDatabase): Promise<void> {
  const tools = await findTools('postgresql');
  const psql = withArguments(tools.command('psql'), ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1']);
  await runCommand(psql, { env: postgresEnvironment(to), input: await dumpPostgres(from) });
}

function postgresEnvironment(database: TestDatabase): Record<string, string> {
  const { host, port, user, password, database: name } = parseServerUrl(database.url);
  return {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: name,
    PGCLIENTENCODING: 'UTF8',
  };
}

interface MysqlPrograms {
  readonly kind: 'mysql' | 'mariadb';
  readonly dump: string;
  readonly client: string;
}

async function copyMysql(from: TestDatabase, to: TestDatabase, programs: MysqlPrograms): Promise<void> {
  const tools = await findTools(programs.kind);
  const all = ['--routines', '--triggers', '--events', '--hex-blob', '--no-tablespaces', '--single-transaction'];
  const dump = await runCommand(
    withArguments(tools.command(programs.dump), [...mysqlArguments(from), ...all, from.name]),
    mysqlEnvironment(from),
  );
  await runCommand(withArguments(tools.command(programs.client), [...mysqlArguments(to), to.name]), {
    ...mysqlEnvironment(to),
    input: dump,
  });
}

function mysqlArguments(database: TestDatabase): string[] {
  const { host, port, user } = parseServerUrl(database.url);
  return [
    '--no-defaults',
    '--protocol=TCP',
    `--host=${host}`,
    `--port=${port}`,
    `--user=${user}`,
    '--default-character-set=utf8mb4',
  ];
}

function mysqlEnvironment(database: TestDatabase): { env: Record<string, string> } {
  return { env: { MYSQL_PWD: parseServerUrl(database.url).password } };
}

/** Does what the `.dump` of the sqlite3 shell does: the statements of `sqlite_master` and the rows, into an empty file. */
async function copySqlite(from: TestDatabase, to: TestDatabase): Promise<void> {
  const file = new Database(sqlitePath(to.url));
  try {
    file.pragma('foreign_keys = OFF');
    file.prepare('ATTACH ? AS source').run(sqlitePath(from.url));
    const objects = file
      .prepare(`SELECT type, name, sql FROM source.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'source' AND type = 'shadow') ORDER BY rowid`)
      .all() as SqliteObject[];
    const tables = objects.filter((object) => object.type === 'table');
    for (const table of tables) {
      file.exec(table.sql);
      copySqliteRows(file, table.name);
    }
    if (file.prepare("SELECT 1 FROM source.sqlite_master WHERE name = 'sqlite_sequence'").get()) {
      file.exec(
        'DELETE FROM main.sqlite_sequence; INSERT INTO main.sqlite_sequence SELECT * FROM source.sqlite_sequence',
      );
    }
    for (const object of objects.filter(({ type }) => type !== 'table')) file.exec(object.sql);
  } finally {
    file.close();
  }
}

interface SqliteObject {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

function copySqliteRows(file: Database.Database, table: string): void {
  const columns = file
    .prepare("SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0")
    .pluck()
    .all(table) as string[];
  const list = columns.map((column) => quoteName('sqlite', column)).join(', ');
  const name = quoteName('sqlite', table);
  file.exec(`INSERT INTO main.${name} (${list}) SELECT ${list} FROM source.${name}`);
}
