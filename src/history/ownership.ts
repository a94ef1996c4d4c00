import type { ObjectRef } from '../diff/index.ts';
import { primaryKeyRef } from '../diff/primary-key.ts';
import type { Schema } from '../schema/schema.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Says whether the log made or adopted an object. */
export function ownership(owned: Schema): (object: ObjectRef) => boolean {
  return ({ kind, table, name }) => {
    const within = table === undefined ? undefined : entryOf(owned.tables, table);
    switch (kind) {
      case 'table':
        return entryOf(owned.tables, name) !== undefined;
      case 'column':
        return entryOf(within?.columns, name) !== undefined;
      case 'index':
        return within?.indexes.some((index) => index.name === name) ?? false;
      case 'foreignKey':
        return within?.foreignKeys.some((key) => key.name === name) ?? false;
      case 'check':
        return within?.checks.some((check) => check.name === name) ?? false;
      case 'primaryKey':
        return within?.primaryKey !== undefined && primaryKeyRef(table ?? '', within.primaryKey).name === name;
      case 'trigger':
        return within?.triggers.some((trigger) => trigger.name === name) ?? false;
      case 'view':
        return entryOf(owned.views, name) !== undefined;
      case 'enum':
        return entryOf(owned.enums, name) !== undefined;
      default:
        return false;
    }
  };
}
