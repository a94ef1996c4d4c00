import { editColumn } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Column } from '../schema/schema.ts';
import type { AlterTable } from './alter-table.ts';
import type { OperationDefinition } from './definition.ts';

/** Changes what a generated column computes or how it is stored, or makes a plain column of it and back. */
export interface ChangeGenerated {
  readonly kind: 'changeGenerated';
  readonly table: string;
  readonly before: Column;
  readonly after: Column;
}

export const changeGenerated: OperationDefinition<ChangeGenerated, ChangeGenerated | AlterTable> = {
  describe: ({ table, after }) =>
    after.generated
      ? `generate ${displayTable(table)}.${after.name} as ${after.generated.expression}${after.generated.stored ? ' stored' : ''}`
      : `stop generating ${displayTable(table)}.${after.name}`,
  object: ({ table, after }) => `${displayTable(table)}.${after.name}`,
  undo: ({ table, before, after }) => {
    if (before.generated)
      return { restores: 'everything', operation: { kind: 'changeGenerated', table, before: after, after: before } };
    // The values are gone, and not every database makes a plain column of a generated one.
    const changes = [
      { kind: 'dropColumn', table, column: after },
      { kind: 'addColumn', table, column: before },
    ] as const;
    return { restores: 'structure', operation: { kind: 'alterTable', table, changes } };
  },
  apply: (schema, { table, after }) =>
    editColumn(schema, table, after.name, ({ storage }) => ({ ...after, ...(storage && { storage }) })),
};
