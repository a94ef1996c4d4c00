import { onTestFinished } from 'vitest';
import type { Connection } from '../../../support/connections/connection.ts';
import { openMysql } from '../../../support/connections/mysql.ts';
import { openPostgres } from '../../../support/connections/postgres.ts';
import type { TestDatabase } from '../../../support/databases.ts';

/** A further connection of the application's to a server, closed when the test ends. */
export function openConnection({ kind, url }: TestDatabase): Connection {
  const connection = kind === 'postgresql' ? openPostgres(url) : openMysql(url);
  onTestFinished(() => connection.close());
  return connection;
}
