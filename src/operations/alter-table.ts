import { displayTable } from '../schema/names.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation, OperationKind } from './index.ts';

/** Kinds that change one table in place, so that several of them can be one rebuild. */
export type TableChange = Extract<
  Operation,
  { table: string; kind: Exclude<OperationKind, 'alterTable' | 'backfill'> }
>;

/** Several changes of one table that run as one statement or one rebuild: all of them or none. */
export interface AlterTable {
  readonly kind: 'alterTable';
  readonly table: string;
  readonly changes: readonly TableChange[];
}

/** The changes that an operation is made of: those of a rebuild, else itself. */
export function partsOf(operation: Operation): readonly Operation[] {
  return operation.kind === 'alterTable' ? operation.changes : [operation];
}

/** The definition, given that of its parts. */
export const alterTable = (
  parts: OperationDefinition<Operation, Operation>,
): OperationDefinition<AlterTable, AlterTable> => ({
  describe: ({ table, changes }) =>
    `rebuild ${displayTable(table)}: ${changes.map((change) => parts.describe(change)).join('; ')}`,
  object: ({ table }) => displayTable(table),
  undo: ({ table, changes }) => {
    const undone = changes.toReversed().map((change) => parts.undo(change));
    const lost = undone.find((undo) => undo.restores === 'nothing');
    if (lost) return lost;
    const operations = undone.flatMap((undo) => (undo.restores === 'nothing' ? [] : [undo.operation as TableChange]));
    const restores = undone.some((undo) => undo.restores === 'structure') ? 'structure' : 'everything';
    return { restores, operation: { kind: 'alterTable', table, changes: operations } };
  },
  apply: (schema, { changes }) =>
    changes.reduce<typeof schema>((before, change) => parts.apply(before, change), schema),
});
