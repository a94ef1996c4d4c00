import { tableKey } from '../../schema/names.ts';
import type { View } from '../../schema/schema.ts';
import type { KeptRow, RelationRow, TriggerRow } from './catalog.ts';
import { readTrigger } from './trigger-sql.ts';

/** A view or materialized view, with what a new one under its name would not have by itself. */
export function readView(row: RelationRow, triggers: readonly TriggerRow[]): View {
  const { name, namespace, kind, definition } = row;
  return {
    name: tableKey(name, namespace ?? undefined),
    definition: (definition ?? '').trim().replace(/;$/u, ''),
    ...(kind === 'm' && { materialized: true }),
    ...(triggers.length > 0 && { triggers: triggers.map(readTrigger) }),
    storage: readStorage(row),
  };
}

function readStorage({ options, comment, kept }: RelationRow): NonNullable<View['storage']> {
  const { owner, populated, ...lists } = JSON.parse(kept ?? '{}') as Partial<KeptRow>;
  const found = Object.entries(lists).flatMap(([name, list]) => (list ? [[name, JSON.stringify(list)] as const] : []));
  return {
    ...(owner !== undefined && { owner }),
    ...(options && { with: options }),
    ...(comment !== null && { comment }),
    ...(populated === false && { unpopulated: true as const }),
    ...Object.fromEntries(found),
  };
}
