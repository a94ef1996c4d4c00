import { displayTable } from '../schema/names.ts';
import type { Column, Schema, Table } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';

/** Changes the values of a named enum type (PostgreSQL). Removed values make it narrowing. */
export interface AlterEnum {
  readonly kind: 'alterEnum';
  readonly name: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

export const alterEnum: OperationDefinition<AlterEnum, AlterEnum> = {
  describe: ({ name, to }) => `change values of enum type ${displayTable(name)} to ${to.join(', ')}`,
  object: ({ name }) => displayTable(name),
  undo: ({ name, from, to }) => ({
    restores: from.every((value) => to.includes(value)) ? 'everything' : 'structure',
    operation: { kind: 'alterEnum', name, from: to, to: from },
  }),
  apply: (schema, { name, to }) => ({
    ...respell(schema, name, to),
    enums: { ...schema.enums, [name]: { name, values: to } },
  }),
};

/** Columns of the type list its values too. */
function respell(schema: Schema, name: string, values: readonly string[]): Schema {
  const column = (item: Column): Column =>
    item.type.type === 'enum' && item.type.name === name ? { ...item, type: { ...item.type, values } } : item;
  const table = (item: Table): Table => ({
    ...item,
    columns: Object.fromEntries(Object.entries(item.columns).map(([key, found]) => [key, column(found)])),
  });
  return {
    ...schema,
    tables: Object.fromEntries(Object.entries(schema.tables).map(([key, found]) => [key, table(found)])),
  };
}
