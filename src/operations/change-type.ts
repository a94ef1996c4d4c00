import { editColumn, without } from '../schema/edit.ts';
import { describeType, type LogicalType } from '../schema/logical-type.ts';
import { displayTable } from '../schema/names.ts';
import type { OperationDefinition } from './definition.ts';

/** Changes a column's type, and its collation with it. */
export interface ChangeType {
  readonly kind: 'changeType';
  readonly table: string;
  readonly column: string;
  readonly from: LogicalType;
  readonly to: LogicalType;
  readonly fromCollation?: string;
  readonly toCollation?: string;
  /** `widening`: every old value fits and comes back equal. */
  readonly change: 'widening' | 'narrowing' | 'lateral';
}

export const changeType: OperationDefinition<ChangeType, ChangeType> = {
  describe: ({ table, column, from, to, fromCollation, toCollation }) =>
    `change type of ${displayTable(table)}.${column} from ${describeType(from)}${collate(fromCollation)} to ${describeType(to)}${collate(toCollation)}`,
  object: ({ table, column }) => `${displayTable(table)}.${column}`,
  undo: ({ table, column, from, to, fromCollation, toCollation, change }) => ({
    restores: change === 'widening' ? 'everything' : 'structure',
    operation: {
      kind: 'changeType',
      table,
      column,
      from: to,
      to: from,
      ...(toCollation !== undefined && { fromCollation: toCollation }),
      ...(fromCollation !== undefined && { toCollation: fromCollation }),
      change: inverse[change],
    },
  }),
  apply: (schema, { table, column, to, toCollation }) =>
    editColumn(schema, table, column, (found) => ({
      ...without(found, 'collation'),
      type: to,
      ...(toCollation !== undefined && { collation: toCollation }),
    })),
};

const inverse = { widening: 'narrowing', narrowing: 'widening', lateral: 'lateral' } as const;
const collate = (name: string | undefined): string => (name === undefined ? '' : ` collate ${name}`);
