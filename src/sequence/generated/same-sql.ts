import { writeOperation, type Dialect } from '../../dialects/dialect.ts';
import { MigrateError } from '../../errors.ts';
import type { Operation } from '../../operations/index.ts';
import { isSameData } from '../../schema/canonical.ts';
import type { Schema } from '../../schema/schema.ts';

/** True where two operations make the same statements on a database; false where one of them cannot be said there. */
export function isSameSql(dialect: Dialect, schema: Schema, pair: readonly [Operation, Operation]): boolean {
  try {
    const [a, b] = pair.map((operation) => writeOperation(dialect, operation, schema));
    return isSameData(a, b);
  } catch (error) {
    if (error instanceof MigrateError) return false;
    throw error;
  }
}
