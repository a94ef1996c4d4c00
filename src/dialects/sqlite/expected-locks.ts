import type { TableChange } from '../../operations/alter-table.ts';
import type { ExpectedLock } from '../../operations/expected-lock.ts';
import { inOneTransaction, locksInOrder, nobody, type LockAround, type ExpectedLocks } from '../expected-locks.ts';
import { writeNative } from './native.ts';

/**
 * A file has one writer. With a write-ahead log readers go on; with any other journal nobody may be at the file while
 * a transaction commits, or once it has more pages than fit into memory. https://www.sqlite.org/lockingv3.html
 */
const briefly = (_operation: unknown, { server }: LockAround): ExpectedLock => ({
  blocks: server.settings['journal_mode'] === 'wal' ? 'writers' : 'everybody',
  lasts: 'a moment',
});

const throughout = (operation: unknown, around: LockAround): ExpectedLock => ({
  ...briefly(operation, around),
  lasts: 'while it runs',
});

/** For as long as rows are written, if any are. */
const change = (operation: TableChange, around: LockAround): ExpectedLock => {
  const writesRows = rowWriting.has(operation.kind) || writeNative(operation, around.schema) === undefined;
  return writesRows ? throughout(operation, around) : briefly(operation, around);
};

/** What SQLite does by itself, but row by row. */
const rowWriting: ReadonlySet<string> = new Set(['dropColumn', 'addIndex', 'renameIndex']);

export const expectedLocks: ExpectedLocks = {
  createTable: briefly,
  dropTable: briefly,
  renameTable: briefly,
  addColumn: change,
  dropColumn: change,
  renameColumn: change,
  changeType: change,
  setNullability: change,
  setDefault: change,
  setOnUpdate: nobody,
  setComment: nobody,
  setAutoIncrement: change,
  changeGenerated: change,
  addPrimaryKey: change,
  dropPrimaryKey: change,
  addIndex: change,
  dropIndex: change,
  renameIndex: change,
  addForeignKey: change,
  dropForeignKey: change,
  addCheck: change,
  dropCheck: change,
  createNamespace: nobody,
  dropNamespace: nobody,
  createEnum: nobody,
  alterEnum: nobody,
  dropEnum: nobody,
  createView: briefly,
  replaceView: briefly,
  dropView: briefly,
  createTrigger: change,
  dropTrigger: change,
  setPartitioning: nobody,
  // One batch.
  backfill: briefly,
  rawSql: undefined,
  alterTable: ({ changes }, around) => inOneTransaction(locksInOrder(expectedLocks, changes, around)),
};
