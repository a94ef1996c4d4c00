import { partsOf } from '../operations/alter-table.ts';
import type { Operation, OperationKind } from '../operations/index.ts';

/** The parts of an operation that change or take away what was there, without those that make something. */
export function withoutAdditions(operation: Operation): readonly Operation[] {
  return partsOf(operation).filter(({ kind }) => !additions.has(kind));
}

const additions: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'createTable',
  'addColumn',
  'addPrimaryKey',
  'addIndex',
  'addForeignKey',
  'addCheck',
  'createTrigger',
  'createNamespace',
  'createEnum',
  'createView',
]);
