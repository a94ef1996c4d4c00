import { onTestFinished } from 'vitest';
import type { TestDatabase } from '../../../support/databases.ts';

/** A user of the server with no rights at first. */
export interface TestUser {
  /** As a GRANT names it. */
  readonly name: string;
  /** The database's URL for this user. */
  readonly url: string;
}

export const password = 'Canary-pass-word-77';
let count = 0;

/** Makes a user that may connect; it goes when the test ends. */
export async function createUser(database: TestDatabase): Promise<TestUser> {
  const plain = `u${process.pid}_${(count += 1)}`;
  const isPostgres = database.kind === 'postgresql';
  const name = isPostgres ? `"${plain}"` : `'${plain}'@'%'`;
  await database.run([
    isPostgres ? `create role ${name} login password '${password}'` : `create user ${name} identified by '${password}'`,
  ]);
  onTestFinished(async () => {
    if (isPostgres) await database.run([`drop owned by ${name} cascade`, `drop role ${name}`]).catch(() => undefined);
    else await database.run([`drop user ${name}`]).catch(() => undefined);
  });
  const url = new URL(database.url);
  url.username = plain;
  url.password = password;
  return { name, url: url.href };
}
