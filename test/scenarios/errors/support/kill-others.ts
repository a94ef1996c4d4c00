import { processList } from '../../../support/connections/process-list.ts';
import type { TestDatabase } from '../../../support/databases.ts';

/** Ends every other session in the database, as an administrator or a failing network would; how many. */
export async function killOthers(database: TestDatabase): Promise<number> {
  if (database.kind === 'postgresql') {
    const killed = await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return killed.length;
  }
  const sessions = await database.query(
    `select id as id from ${listOf(database)} where db = database() and id <> connection_id()`,
  );
  for (const { id } of sessions) await database.run([`kill ${String(id)}`]);
  return sessions.length;
}

/** True as soon as another session of the database runs a statement that begins so. */
export async function isRunning(database: TestDatabase, beginning: string): Promise<boolean> {
  const rows = await database.query(
    database.kind === 'postgresql'
      ? `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '${beginning}%'`
      : `select 1 from ${listOf(database)} where db = database() and id <> connection_id() and info like '${beginning}%'`,
  );
  return rows.length > 0;
}

function listOf({ kind }: TestDatabase): string {
  return processList[kind === 'mariadb' ? 'mariadb' : 'mysql'];
}
