import type { ExpectedLock } from '../operations/expected-lock.ts';
import { applyOperation, type Operation, type OperationKind, type OperationOf } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { Dialect, ServerInfo } from './dialect.ts';

/** What a lock depends on besides its operation. */
export interface LockAround {
  /** The actual schema just before the operation. */
  readonly schema: Schema;
  readonly server: Pick<ServerInfo, 'settings'>;
}

type LockOf<K extends OperationKind> =
  | ExpectedLock
  | undefined
  | ((operation: OperationOf<K>, around: LockAround) => ExpectedLock | undefined);

/** One entry per kind, or it does not compile; `undefined` where only the author of the SQL knows. */
export type ExpectedLocks = { readonly [K in OperationKind]: LockOf<K> };

/** The lock that an operation needs on this database; `undefined` where that cannot be said. */
export function expectedLock(
  { expectedLocks }: Pick<Dialect, 'expectedLocks'>,
  operation: Operation,
  around: LockAround,
): ExpectedLock | undefined {
  const entry = expectedLocks[operation.kind] as LockOf<OperationKind>;
  return typeof entry === 'function' ? entry(operation, around) : entry;
}

/** The locks of operations one after the other, each with the schema that those before it leave. */
export function locksInOrder(
  expectedLocks: ExpectedLocks,
  operations: readonly Operation[],
  { schema, server }: LockAround,
): readonly (ExpectedLock | undefined)[] {
  let now = schema;
  return operations.map((operation) => {
    const lock = expectedLock({ expectedLocks }, operation, { schema: now, server });
    now = applyOperation(now, operation);
    return lock;
  });
}

/** The lock of several in one transaction, which keeps the strongest to its end; `undefined` where one is not known. */
export function inOneTransaction(locks: readonly (ExpectedLock | undefined)[]): ExpectedLock | undefined {
  const isSaid = (fact: ExpectedLock['blocks'] | ExpectedLock['lasts']): boolean =>
    locks.some((lock) => lock?.blocks === fact || lock?.lasts === fact);
  if (locks.includes(undefined)) return undefined;
  return {
    blocks: isSaid('everybody') ? 'everybody' : isSaid('writers') ? 'writers' : 'nobody',
    lasts: isSaid('while it runs') ? 'while it runs' : 'a moment',
  };
}

export const nobody: ExpectedLock = { blocks: 'nobody', lasts: 'a moment' };
export const writersBriefly: ExpectedLock = { blocks: 'writers', lasts: 'a moment' };
export const writersThroughout: ExpectedLock = { blocks: 'writers', lasts: 'while it runs' };
export const everybodyBriefly: ExpectedLock = { blocks: 'everybody', lasts: 'a moment' };
export const everybodyThroughout: ExpectedLock = { blocks: 'everybody', lasts: 'while it runs' };
