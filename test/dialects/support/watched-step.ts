import type { Dialect, Statement } from '../../../src/dialects/dialect.ts';
import type { Session } from '../../../src/dialects/session.ts';
import type { ExpectedLock } from '../../../src/operations/expected-lock.ts';
import type { Connection } from '../../support/connections/connection.ts';

/** Statements of a step that are about to run, and others who use what was there before. */
export interface WatchedStep {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly statements: readonly Statement[];
  /** Tables and views of the case, quoted, with a column of each table. */
  readonly objects: readonly { readonly name: string; readonly column?: string }[];
  /** The application's connection, which hardly waits for a lock. */
  readonly other: Connection;
}

export async function runAll({ session, statements }: Pick<WatchedStep, 'session' | 'statements'>): Promise<void> {
  for (const { text, parameters } of statements) await session.run(text, parameters);
}

/** Whom the step keeps waiting now: the other connection reads all that was there, and writes each row of it. */
export async function readAndWrite(step: WatchedStep): Promise<ExpectedLock['blocks']> {
  const { objects } = step;
  if (await isAnyLocked(step, objects.map(readOf))) return 'everybody';
  return (await isAnyLocked(step, objects.flatMap(writeOf))) ? 'writers' : 'nobody';
}

async function isAnyLocked({ other, dialect }: WatchedStep, statements: readonly string[]): Promise<boolean> {
  for (const sql of statements) if (await isLocked(dialect, other.query(sql))) return true;
  return false;
}

/** True where the database refuses it because of a lock. */
export function isLocked(dialect: Dialect, work: Promise<unknown>): Promise<boolean> {
  return isRefused(work, (error) => dialect.classifyError(error)?.code === 'ALREADY_LOCKED');
}

/** True where it is refused for this reason; any other error is thrown. */
export function isRefused(work: Promise<unknown>, isReason: (error: object) => boolean): Promise<boolean> {
  return work.then(
    () => false,
    (error: unknown) => {
      if (error instanceof Error && isReason(error)) return true;
      throw error;
    },
  );
}

export const readOf = ({ name }: WatchedStep['objects'][number]): string => `select 1 from ${name} limit 1`;

/** Nothing for a view. */
export const writeOf = ({ name, column }: WatchedStep['objects'][number]): string[] =>
  column === undefined ? [] : [`update ${name} set ${column} = ${column}`];
