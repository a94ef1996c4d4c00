import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Check } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { AddCheck } from './add-check.ts';

export interface DropCheck {
  readonly kind: 'dropCheck';
  readonly table: string;
  readonly check: Check;
}

export const dropCheck: OperationDefinition<DropCheck, AddCheck> = {
  describe: ({ table, check }) => `drop check ${check.name} on ${displayTable(table)} (${check.expression})`,
  object: ({ table, check }) => `${displayTable(table)}.${check.name}`,
  undo: ({ table, check }) => ({ restores: 'everything', operation: { kind: 'addCheck', table, check } }),
  apply: (schema, { table, check }) =>
    editTable(schema, table, (found) => ({ ...found, checks: found.checks.filter(({ name }) => name !== check.name) })),
};
