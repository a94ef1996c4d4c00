import { displayTable } from '../schema/names.ts';
import type { EnumType } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropEnum } from './drop-enum.ts';

/** Creates a named enum type (PostgreSQL). */
export interface CreateEnum {
  readonly kind: 'createEnum';
  readonly enum: EnumType;
}

export const createEnum: OperationDefinition<CreateEnum, DropEnum> = {
  describe: (operation) =>
    `create enum type ${displayTable(operation.enum.name)} (${operation.enum.values.join(', ')})`,
  object: (operation) => displayTable(operation.enum.name),
  undo: (operation) => ({ restores: 'everything', operation: { kind: 'dropEnum', enum: operation.enum } }),
  apply: (schema, operation) => ({ ...schema, enums: { ...schema.enums, [operation.enum.name]: operation.enum } }),
};
