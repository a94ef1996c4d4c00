import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Check } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropCheck } from './drop-check.ts';

export interface AddCheck {
  readonly kind: 'addCheck';
  readonly table: string;
  readonly check: Check;
}

export const addCheck: OperationDefinition<AddCheck, DropCheck> = {
  describe: ({ table, check }) => `add check ${check.name} on ${displayTable(table)} (${check.expression})`,
  object: ({ table, check }) => `${displayTable(table)}.${check.name}`,
  undo: ({ table, check }) => ({ restores: 'everything', operation: { kind: 'dropCheck', table, check } }),
  apply: (schema, { table, check }) =>
    editTable(schema, table, (found) => ({ ...found, checks: [...found.checks, check] })),
};
