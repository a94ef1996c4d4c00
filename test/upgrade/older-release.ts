import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareNames } from '../../src/sequence/order.ts';
import type { TestDatabase } from '../support/databases.ts';
import { migrateDatabase } from '../support/migrate.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const files = readdirSync(join(repository, 'migrations')).filter((file) => /\.(?:ts|js|sql)$/u.test(file));
const nameOf = (file: string): string => file.slice(0, file.indexOf('.'));

/** The migrations of the reference application, in their order. */
export const migrationNames: readonly string[] = [...new Set(files.map(nameOf))].toSorted(compareNames);

/** Runs the first `count` migration files alone, as a release that had no more of them, and whose models nobody has any more. */
export async function migrateAsOlderRelease(database: TestDatabase, count: number): Promise<void> {
  // Inside this repository, so that its packages and its own name are found.
  mkdirSync(join(repository, '.scratch'), { recursive: true });
  const root = mkdtempSync(join(repository, '.scratch/older-'));
  try {
    for (const file of files.filter((name) => migrationNames.indexOf(nameOf(name)) < count))
      cpSync(join(repository, 'migrations', file), join(root, 'migrations', file));
    await migrateDatabase(database, { root, config: { entities: [], discovery: { warnWhenNoEntities: false } } });
  } finally {
    rmSync(root, { recursive: true });
  }
}
