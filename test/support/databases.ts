import type { Engine } from './connections/connection.ts';
import { mariadbEngine, mysqlEngine } from './connections/mysql.ts';
import { postgresEngine } from './connections/postgres.ts';
import { sqliteEngine } from './connections/sqlite.ts';

export type DatabaseKind = 'sqlite' | 'postgresql' | 'mariadb' | 'mysql';

/** An empty database of its own for one test. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  readonly name: string;
  /** In the form of `DATABASE_URL`: `sqlite:/path`, `postgresql://…`, `mariadb://…`, `mysql://…`. */
  readonly url: string;
  /** Asks over a connection of the tests' own; values come exactly (see `Connection`). `?` or, on PostgreSQL, `$1`. */
  query(sql: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Runs statements one after the other over that connection. */
  run(statements: readonly string[]): Promise<void>;
  /** Closes the connection; the next query opens another. */
  disconnect(): Promise<void>;
  /** Closes the connection and removes the database. */
  drop(): Promise<void>;
}

const engines: { readonly [K in DatabaseKind]: Engine } = {
  sqlite: sqliteEngine,
  postgresql: postgresEngine,
  mariadb: mariadbEngine,
  mysql: mysqlEngine,
};

const allKinds = Object.keys(engines) as readonly DatabaseKind[];

/** The kinds of this run: those in `MIKRATE_DATABASES` (with commas), else all four. */
export const databaseKinds: readonly DatabaseKind[] = chooseKinds(process.env['MIKRATE_DATABASES']);

let count = 0;

export interface CreateOptions {
  /** What its name begins with. */
  readonly name?: string;
  /** A database that nobody else uses, whose files become those of the new one: on PostgreSQL and SQLite. */
  readonly copyOf?: TestDatabase;
}

/** Makes a new database, empty or a copy (utf8mb4 on MySQL and MariaDB). Its name is unique. */
export async function createDatabase(kind: DatabaseKind, options: CreateOptions = {}): Promise<TestDatabase> {
  const name = `${options.name ?? 'test'}_${runId()}_${process.pid}${String(++count).padStart(4, '0')}`;
  const engine = engines[kind];
  const url = await (options.copyOf ? copyFiles(engine, options.copyOf, name) : engine.create(name));
  const connection = engine.open(url);
  return {
    kind,
    name,
    url,
    query: (sql, parameters) => connection.query(sql, parameters),
    async run(statements) {
      for (const statement of statements) await connection.query(statement);
    },
    disconnect: () => connection.close(),
    async drop() {
      await connection.close();
      await engine.remove(url);
    },
  };
}

async function copyFiles(engine: Engine, from: TestDatabase, name: string): Promise<string> {
  if (!engine.copy) throw new Error(`The files of a database of ${from.kind} cannot be copied.`);
  await from.disconnect();
  return engine.copy(from.url, name);
}

/** Removes the databases that tests of this run did not drop. */
export async function removeDatabasesOfRun(kinds = databaseKinds): Promise<void> {
  await Promise.all(kinds.map((kind) => engines[kind].removeOfRun(runId())));
}

/** Names the run in the names of its databases; global setup passes it on to the workers. */
function runId(): string {
  return (process.env['MIKRATE_TEST_RUN'] ??= `r${Date.now().toString(36)}${process.pid.toString(36)}`);
}

function chooseKinds(list: string | undefined): readonly DatabaseKind[] {
  if (!list) return allKinds;
  const wanted = list.split(',').map((word) => word.trim());
  const unknown = wanted.filter((word) => !allKinds.some((kind) => kind === word));
  if (unknown.length > 0)
    throw new Error(`MIKRATE_DATABASES: unknown ${unknown.join(', ')}; known are ${allKinds.join(', ')}.`);
  return allKinds.filter((kind) => wanted.includes(kind));
}
