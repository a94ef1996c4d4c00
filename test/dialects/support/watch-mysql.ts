import type { ExpectedLock } from '../../../src/operations/expected-lock.ts';
import { isLocked, isRefused, readAndWrite, readOf, runAll, writeOf, type WatchedStep } from './watched-step.ts';

/**
 * DDL cannot be kept open. Whether rows can be read and written while an `alter table` works on them, the server says:
 * it refuses a clause that promises too much. Whether a statement needs a table to itself for a moment shows when
 * it has to wait for an open reader or writer.
 */
export async function watchMysql(step: WatchedStep): Promise<ExpectedLock> {
  if (step.statements.some(({ text }) => text.startsWith('update'))) return watchRows(step);
  let seen: ExpectedLock = { blocks: 'nobody', lasts: 'a moment' };
  for (const statement of step.statements) {
    const one = { ...step, statements: [statement] };
    const found = (await watchBriefly(one)) ?? (await watchClauses(one, statement.text));
    if (rank(found) > rank(seen)) seen = found;
  }
  return seen;
}

const rank = ({ blocks, lasts }: ExpectedLock): number =>
  (lasts === 'while it runs' ? 3 : 0) + ['nobody', 'writers', 'everybody'].indexOf(blocks);

/** Runs it beside others; `undefined` where it has to be alone and has not run yet. */
async function watchBriefly(step: WatchedStep): Promise<ExpectedLock | undefined> {
  const { objects } = step;
  const uses = objects.flatMap((object) => (object.column === undefined ? [readOf(object)] : writeOf(object)));
  if (await runsBeside(uses, step)) return { blocks: 'nobody', lasts: 'a moment' };
  if (await runsBeside(objects.map(readOf), step)) return { blocks: 'writers', lasts: 'a moment' };
  return undefined;
}

async function runsBeside(held: readonly string[], step: WatchedStep): Promise<boolean> {
  const { other, dialect } = step;
  await other.query('start transaction');
  try {
    for (const sql of held) await other.query(sql);
    return !(await isLocked(dialect, runAll(step)));
  } finally {
    await other.query('rollback');
  }
}

/** Runs it with the mildest clause that the server accepts. */
async function watchClauses({ session, statements }: WatchedStep, text: string): Promise<ExpectedLock> {
  if (!text.startsWith('alter table')) {
    await runAll({ session, statements });
    return { blocks: 'everybody', lasts: 'a moment' };
  }
  // MariaDB takes any algorithm for a change of partitions, and copies them all the same.
  const isTelling = ([clause]: (typeof clauses)[number]): boolean =>
    !/\bpartition(?:ing| by)\b/u.test(text) || !clause.startsWith('algorithm');
  for (const [clause, seen] of clauses.filter(isTelling)) {
    const run = session.run(withClause(text, clause));
    if (!(await isRefused(run, (error) => 'errno' in error && notWithClause.includes(error.errno)))) return seen;
  }
  throw new Error('the server refuses every clause');
}

/** Partitioning comes after the clauses, without a comma. */
function withClause(text: string, clause: string): string {
  return text
    .replace(/^alter table `(?:[^`]|``)+`/u, (head) => `${head} ${clause},`)
    .replace(/,(\s*partition by|\s*remove partitioning)/u, '$1');
}

/** ER_ALTER_OPERATION_NOT_SUPPORTED, with and without a reason. */
const notWithClause: readonly unknown[] = [1845, 1846];

const clauses: readonly (readonly [string, ExpectedLock])[] = [
  ['algorithm=instant', { blocks: 'everybody', lasts: 'a moment' }],
  ['lock=none', { blocks: 'everybody', lasts: 'a moment' }],
  ['lock=shared', { blocks: 'writers', lasts: 'while it runs' }],
  ['lock=exclusive', { blocks: 'everybody', lasts: 'while it runs' }],
];

/** Rows stay locked as long as their transaction is open. */
async function watchRows(step: WatchedStep): Promise<ExpectedLock> {
  const { session, other } = step;
  await other.query('set session innodb_lock_wait_timeout = 1');
  await session.run('start transaction');
  await runAll(step);
  const blocks = await readAndWrite(step);
  await session.run('commit');
  return { blocks, lasts: 'a moment' };
}
