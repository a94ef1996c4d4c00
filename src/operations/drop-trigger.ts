import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Trigger } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { CreateTrigger } from './create-trigger.ts';

export interface DropTrigger {
  readonly kind: 'dropTrigger';
  readonly table: string;
  readonly trigger: Trigger;
}

export const dropTrigger: OperationDefinition<DropTrigger, CreateTrigger> = {
  describe: ({ table, trigger }) => `drop trigger ${trigger.name} on ${displayTable(table)}`,
  object: ({ table, trigger }) => `${displayTable(table)}.${trigger.name}`,
  undo: ({ table, trigger }) => ({ restores: 'everything', operation: { kind: 'createTrigger', table, trigger } }),
  apply: (schema, { table, trigger }) =>
    editTable(schema, table, (found) => ({
      ...found,
      triggers: found.triggers.filter(({ name }) => name !== trigger.name),
    })),
};
