import type { Renames } from '../diff/index.ts';
import { partsOf } from '../operations/alter-table.ts';
import type { Operation } from '../operations/index.ts';
import type { EventPayload } from './event.ts';

/** The renames that the log tells of between two versions, as they lead from the first to the second, forwards or back. Pure. */
export function renamesBetween(payloads: readonly EventPayload[], from: number, to: number): Renames {
  const [low, high] = from < to ? [from, to] : [to, from];
  const between = payloads.filter(({ version }) => version > low && version <= high);
  const pairs = followRenames(between.flatMap(changesOf));
  return from < to ? renamesOf(pairs) : renamesOf(pairs.map(turned));
}

interface Renamed {
  /** The table before and after. */
  readonly table: { readonly from: string; readonly to: string };
  /** The column before and after; absent for the table itself. */
  readonly column?: { readonly from: string; readonly to: string };
}

const changing: ReadonlySet<string> = new Set(['applied', 'settled', 'rolled_back']);

function changesOf({ event, operation, derived }: EventPayload): readonly Operation[] {
  if (!changing.has(event)) return [];
  return (derived ?? (operation ? [operation] : [])).flatMap(partsOf);
}

/** Every table and column that ends under another name than it had, once, whatever it was called meanwhile. */
function followRenames(operations: readonly Operation[]): Renamed[] {
  let known: Renamed[] = [];
  for (const operation of operations) {
    if (operation.kind === 'renameTable') {
      const { from, to } = operation;
      const isKnown = known.some(({ table, column }) => !column && table.to === from);
      if (!isKnown) known.push({ table: { from, to: from } });
      known = known.map((item) => (item.table.to === from ? { ...item, table: { ...item.table, to } } : item));
    }
    if (operation.kind === 'renameColumn') {
      const { table, from, to } = operation;
      const first = known.find(({ column, table: { to: now } }) => now === table && column?.to === from);
      const former = known.find(({ column, table: { to: now } }) => now === table && !column)?.table.from ?? table;
      known = known.filter((item) => item !== first);
      known.push({ table: { from: former, to: table }, column: { from: first?.column?.from ?? from, to } });
    }
    known = known.filter((item) => !isGone(item, operation));
  }
  return known.filter(({ table, column }) => (column ? column.from !== column.to : table.from !== table.to));
}

function isGone({ table, column }: Renamed, operation: Operation): boolean {
  if (operation.kind === 'dropTable') return operation.table.name === table.to;
  return operation.kind === 'dropColumn' && operation.table === table.to && operation.column.name === column?.to;
}

const turned = ({ table, column }: Renamed): Renamed => ({
  table: { from: table.to, to: table.from },
  ...(column && { column: { from: column.to, to: column.from } }),
});

function renamesOf(pairs: readonly Renamed[]): Renames {
  const tables = pairs.flatMap(({ table, column }) => (column ? [] : [[table.to, table.from] as const]));
  const columns = Map.groupBy(
    pairs.flatMap(({ table, column }) => (column ? [{ table: table.to, ...column }] : [])),
    ({ table }) => table,
  );
  return {
    tables: Object.fromEntries(tables),
    columns: Object.fromEntries(
      [...columns].map(([table, list]) => [table, Object.fromEntries(list.map(({ from, to }) => [to, from]))]),
    ),
  };
}
