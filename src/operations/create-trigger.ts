import { editTable } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { Trigger } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropTrigger } from './drop-trigger.ts';

export interface CreateTrigger {
  readonly kind: 'createTrigger';
  readonly table: string;
  readonly trigger: Trigger;
}

export const createTrigger: OperationDefinition<CreateTrigger, DropTrigger> = {
  describe: ({ table, trigger }) => `create trigger ${trigger.name} on ${displayTable(table)}`,
  object: ({ table, trigger }) => `${displayTable(table)}.${trigger.name}`,
  undo: ({ table, trigger }) => ({ restores: 'everything', operation: { kind: 'dropTrigger', table, trigger } }),
  apply: (schema, { table, trigger }) =>
    editTable(schema, table, (found) => ({ ...found, triggers: [...found.triggers, trigger] })),
};
