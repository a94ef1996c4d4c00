import type { ObjectRef } from '../diff/index.ts';
import { partsOf } from '../operations/alter-table.ts';
import type { Operation } from '../operations/index.ts';
import type { LogState } from './state.ts';

/** Says whether a file that was begun and is not done made an object: it is no stranger's, though the models may not have it. */
export function madeByBegun({ begun }: Pick<LogState, 'begun'>): (object: ObjectRef) => boolean {
  const events = [...begun.values()].flat();
  const operations = events.flatMap(({ derived, operation }) => derived ?? (operation ? [operation] : []));
  const made = new Set(operations.flatMap(partsOf).flatMap(madeBy).map(keyOf));
  return (object) => made.has(keyOf(object));
}

const keyOf = ({ kind, table = '', name }: ObjectRef): string => JSON.stringify([kind, table, name]);

function madeBy(operation: Operation): readonly ObjectRef[] {
  switch (operation.kind) {
    case 'createTable':
      return [{ kind: 'table', name: operation.table.name }];
    case 'createView':
      return [{ kind: 'view', name: operation.view.name }];
    case 'createEnum':
      return [{ kind: 'enum', name: operation.enum.name }];
    case 'addColumn':
      return [{ kind: 'column', table: operation.table, name: operation.column.name }];
    case 'addIndex':
      return [{ kind: 'index', table: operation.table, name: operation.index.name }];
    case 'addForeignKey':
      return [{ kind: 'foreignKey', table: operation.table, name: operation.foreignKey.name }];
    case 'addCheck':
      return [{ kind: 'check', table: operation.table, name: operation.check.name }];
    case 'createTrigger':
      return [{ kind: 'trigger', table: operation.table, name: operation.trigger.name }];
    default:
      return [];
  }
}
