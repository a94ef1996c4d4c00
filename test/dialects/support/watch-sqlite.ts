import { readFileSync } from 'node:fs';
import type { ExpectedLock } from '../../../src/operations/expected-lock.ts';
import { isLocked, readAndWrite, readOf, runAll, type WatchedStep } from './watched-step.ts';

/** How much of the file a change of the catalogs alone may write. */
const catalogPages = 12;

/**
 * With a write-ahead log another connection reads and writes while the transaction is open. Without one a reader keeps
 * it from committing, so that it keeps readers out when it does. The file tells how much was written.
 */
export async function watchSqlite(step: WatchedStep, file: string): Promise<ExpectedLock> {
  const { session, other } = step;
  const [mode] = await session.query<{ journal_mode: string }>('pragma journal_mode');
  for (const { query } of [session, other]) await query('pragma busy_timeout = 0');
  await session.query('pragma wal_checkpoint(truncate)');
  const before = readFileSync(file);
  const blocks = mode?.journal_mode === 'wal' ? await watchOpen(step) : await watchCommit(step);
  await session.query('pragma wal_checkpoint(truncate)');
  const isLong = blocks !== 'nobody' && changedPages(before, readFileSync(file)) > catalogPages;
  return { blocks, lasts: isLong ? 'while it runs' : 'a moment' };
}

async function watchOpen(step: WatchedStep): Promise<ExpectedLock['blocks']> {
  const { session, dialect } = step;
  await session.run(dialect.traits.begin);
  await runAll(step);
  const blocks = await readAndWrite(step);
  await session.run(dialect.traits.commit);
  return blocks;
}

async function watchCommit(step: WatchedStep): Promise<ExpectedLock['blocks']> {
  const { session, other, dialect, objects } = step;
  await other.query('begin');
  for (const object of objects) await other.query(readOf(object));
  await session.run(dialect.traits.begin);
  await runAll(step);
  const needsReadersGone = await isLocked(dialect, session.run(dialect.traits.commit));
  await other.query('rollback');
  if (!needsReadersGone) return 'nobody';
  await session.run(dialect.traits.commit);
  return 'everybody';
}

function changedPages(before: Buffer, after: Buffer): number {
  const size = 4096;
  const at = Array.from({ length: Math.ceil(after.length / size) }, (_, page) => page * size);
  return at.filter((start) => !before.subarray(start, start + size).equals(after.subarray(start, start + size))).length;
}
