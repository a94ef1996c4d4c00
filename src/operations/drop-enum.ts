import { without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { EnumType } from '../schema/schema.ts';
import type { CreateEnum } from './create-enum.ts';
import type { OperationDefinition } from './definition.ts';

/** Drops a named enum type that no column uses (PostgreSQL). */
export interface DropEnum {
  readonly kind: 'dropEnum';
  readonly enum: EnumType;
}

export const dropEnum: OperationDefinition<DropEnum, CreateEnum> = {
  describe: (operation) => `drop enum type ${displayTable(operation.enum.name)}`,
  object: (operation) => displayTable(operation.enum.name),
  undo: (operation) => ({ restores: 'everything', operation: { kind: 'createEnum', enum: operation.enum } }),
  apply: (schema, operation) => ({ ...schema, enums: without(schema.enums, operation.enum.name) }),
};
