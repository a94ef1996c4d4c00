import type { Operation } from '../operations/index.ts';
import { parseTableKey, withSuffix } from '../schema/names.ts';
import type { Schema } from '../schema/schema.ts';
import type { DiffContext } from './context.ts';

/** Renames of indexes on other tables that hold a name which a new index needs, where such names are the namespace's. */
export function freeTakenNames(
  changes: readonly Operation[],
  actual: Schema,
  { dialect }: Pick<DiffContext, 'dialect'>,
): Operation[] {
  if (dialect.traits.indexNamesPer === 'table') return [];
  const holders = new Map(
    Object.values(actual.tables).flatMap((table) =>
      table.indexes.map(({ name }) => [placeOf(table.name, name), table.name] as const),
    ),
  );
  const leaving = new Set(changes.flatMap(namesGivenUp));
  return changes.flatMap(namesWanted).flatMap(({ table, name }): Operation[] => {
    const place = placeOf(table, name);
    const holder = holders.get(place);
    if (holder === undefined || holder === table || leaving.has(place)) return [];
    return [{ kind: 'renameIndex', table: holder, from: name, to: unusedName(name, holder, holders) }];
  });
}

function namesWanted(change: Operation): { readonly table: string; readonly name: string }[] {
  if (change.kind === 'addIndex') return [{ table: change.table, name: change.index.name }];
  if (change.kind !== 'createTable') return [];
  return change.table.indexes.map(({ name }) => ({ table: change.table.name, name }));
}

function namesGivenUp(change: Operation): string[] {
  if (change.kind === 'dropIndex') return [placeOf(change.table, change.index.name)];
  return change.kind === 'renameIndex' ? [placeOf(change.table, change.from)] : [];
}

function unusedName(name: string, table: string, holders: ReadonlyMap<string, string>): string {
  for (let at = 1; ; at += 1) {
    const candidate = withSuffix(name, `_old${at}`);
    if (!holders.has(placeOf(table, candidate))) return candidate;
  }
}

/** Two tables of one namespace share the names of their indexes. */
const placeOf = (table: string, name: string): string => JSON.stringify([parseTableKey(table).namespace ?? null, name]);
