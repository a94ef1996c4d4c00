import { compareSchemas } from '../diff/compare.ts';
import { writeOperation } from '../dialects/dialect.ts';
import { applyOperation, type OperationKind } from '../operations/index.ts';
import { orderOperations } from '../plan/order.ts';
import type { Schema } from '../schema/schema.ts';
import type { Run } from './run.ts';

const additive: ReadonlySet<OperationKind> = new Set(['createNamespace', 'createTable', 'addColumn']);

/** Creates the log's tables, or adds what a newer version of the tool keeps in them. Only under the lock; never drops. */
export async function ensureLog({ session, dialect }: Run, desired: Schema, actual: Schema): Promise<void> {
  const input = {
    session,
    dialect,
    desired,
    actual,
    spellings: [],
    isOurs: () => false,
    renames: { tables: {}, columns: {} },
  };
  const { difference } = await compareSchemas(input);
  const additions = difference.changes.filter(({ kind }) => additive.has(kind));
  let schema = actual;
  for (const operation of orderOperations(additions, desired, dialect.traits)) {
    for (const { text, parameters } of writeOperation(dialect, operation, schema)) await session.run(text, parameters);
    schema = applyOperation(schema, operation);
  }
}
