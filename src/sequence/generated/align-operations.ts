import { objectOf, type Operation } from '../../operations/index.ts';
import type { DialectName } from '../../schema/sql-by-dialect.ts';

/** One place in a file: the operation of each database that has one there. */
export type Slot = ReadonlyMap<DialectName, Operation>;

/**
 * Lists of several databases as one: what has the same kind and object stands in one slot. The first list rules; `order`
 * puts what only others have in its place.
 */
export function alignOperations(
  lists: ReadonlyMap<DialectName, readonly Operation[]>,
  order: (operations: readonly Operation[]) => readonly Operation[],
): readonly Slot[] {
  const slots = new Map<string, Map<DialectName, Operation>>();
  for (const [dialect, operations] of lists) {
    for (const [key, operation] of keyed(operations)) {
      const slot = slots.get(key) ?? new Map<DialectName, Operation>();
      slots.set(key, slot.set(dialect, operation));
    }
  }
  const representatives = [...slots.values()].flatMap((slot) => [...slot.values()].slice(0, 1));
  return keyed(order(representatives)).flatMap(([key]) => slots.get(key) ?? []);
}

/** Operations of one kind on one object are told apart by which of them it is. */
function keyed(operations: readonly Operation[]): readonly (readonly [string, Operation])[] {
  const seen = new Map<string, number>();
  return operations.map((operation) => {
    const name = JSON.stringify([operation.kind, objectOf(operation)]);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return [`${name} ${nth}`, operation] as const;
  });
}
