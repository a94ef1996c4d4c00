import type { Dialect } from '../dialects/dialect.ts';
import { partsOf } from '../operations/alter-table.ts';
import { describeOperation, type Operation } from '../operations/index.ts';
import { displayTable } from '../schema/names.ts';
import type { Blocked } from './plan-file.ts';

/** Type changes that the database has no conversion for: no row needs to be asked to know that they fail. */
export function impossibleChanges(operation: Operation, { types, name }: Dialect, step: string): Blocked[] {
  return partsOf(operation).flatMap((part): Blocked[] => {
    if (part.kind !== 'changeType' || types.change(part.from, part.to).kind !== 'impossible') return [];
    const column = `${displayTable(part.table)}.${part.column}`;
    return [
      {
        code: 'NOT_SUPPORTED',
        step,
        message: `${describeOperation(part)}: ${name} has no conversion between the two; give ${column} another name in the models, fill the new column, and drop the old one`,
      },
    ];
  });
}
