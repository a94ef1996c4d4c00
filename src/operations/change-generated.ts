import { editColumn } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Column } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';

/** Changes what a generated column computes or how it is stored, or makes a plain column of it and back. */
export interface ChangeGenerated {
  readonly kind: 'changeGenerated';
  readonly table: string;
  readonly before: Column;
  readonly after: Column;
}

export const changeGenerated: OperationDefinition<ChangeGenerated, ChangeGenerated> = {
  describe: ({ table, after }) =>
    after.generated
      ? `generate ${displayTable(table)}.${after.name} as ${after.generated.expression}${after.generated.stored ? ' stored' : ''}`
      : `stop generating ${displayTable(table)}.${after.name}`,
  object: ({ table, after }) => `${displayTable(table)}.${after.name}`,
  undo: ({ table, before, after }) => ({
    restores: before.generated ? 'everything' : 'structure',
    operation: { kind: 'changeGenerated', table, before: after, after: before },
  }),
  apply: (schema, { table, after }) => editColumn(schema, table, after.name, () => after),
};
