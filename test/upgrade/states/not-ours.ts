import type { DatabaseKind } from '../../support/databases.ts';
import type { NotOurs } from './old-state.ts';
import type { OldTable } from './old-table.ts';
import { catalogNameOf } from './spelling.ts';

/** The unique keys of an old table, all of which the models do not have. */
export const namedUniques = (kind: DatabaseKind, table: OldTable): readonly NotOurs[] =>
  (table.uniques ?? []).map((unique) => ({
    kind: 'unique',
    table: table.name,
    name: catalogNameOf(kind, table, unique),
    columns: unique.columns,
  }));
