import type { Dialect } from '../dialects/dialect.ts';
import type { TableChange } from '../operations/alter-table.ts';
import type { Operation } from '../operations/index.ts';

/** Neighbouring changes of one table that each copy it become one rebuild, so that rows are copied once. */
export function mergeRebuilds(operations: readonly Operation[], traits: Dialect['traits']): Operation[] {
  const result: Operation[] = [];
  for (const operation of operations) {
    const last = result.at(-1);
    const changes = changesOf(operation, traits);
    const before = last && changesOf(last, traits);
    const table = changes?.[0]?.table;
    if (changes && before && table !== undefined && before[0]?.table === table)
      result.splice(-1, 1, { kind: 'alterTable', table, changes: [...before, ...changes] });
    else result.push(operation);
  }
  return result;
}

/** The parts of something that copies its table, `undefined` for anything else. */
function changesOf(operation: Operation, traits: Dialect['traits']): readonly TableChange[] | undefined {
  if (operation.kind === 'alterTable') return traits.rebuilds.size > 0 ? operation.changes : undefined;
  return traits.rebuilds.has(operation.kind) ? [operation as TableChange] : undefined;
}
