import type { Operation } from '../../operations/index.ts';
import { orderOperations } from '../../plan/order.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Dialect } from '../../dialects/dialect.ts';

/** The order of operations in a file: one that every database takes, the strictest about what must be there before. */
export function portableOrder(operations: readonly Operation[], desired: Schema, { traits }: Dialect): Operation[] {
  return orderOperations(operations, desired, { ...traits, foreignKeysNeedTarget: true });
}
