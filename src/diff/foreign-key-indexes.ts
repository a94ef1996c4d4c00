import { isSameData } from '../schema/canonical.ts';
import type { ForeignKey, Index, Table } from '../schema/schema.ts';
import type { DiffContext } from './context.ts';

/** What the foreign keys of a table need of its indexes, on databases that want an index for each. */
export interface ForeignKeyIndexes {
  /** The server may have made it for a foreign key: then it goes, without a word, when a longer one can serve the key. */
  isImplied(index: Index): boolean;
  /** Nothing that the models have would serve the foreign key without it. */
  isNeeded(index: Index): boolean;
  /** The server made it for a foreign key of ours that goes, and leaves it behind. */
  isLeftBehind(index: Index): boolean;
}

/** Looks at the foreign keys that stay: those of the models, and those that are not ours. */
export function foreignKeyIndexes(desired: Table, actual: Table, context: DiffContext): ForeignKeyIndexes {
  const stays = ({ name, columns }: ForeignKey): boolean =>
    desired.foreignKeys.some((key) => isSameData(key.columns, columns)) ||
    !context.isOurs({ kind: 'foreignKey', table: actual.name, name });
  const known = context.dialect.traits.impliedForeignKeyIndexes ? actual.foreignKeys : [];
  const leaning = known.filter(stays);
  const going = known.filter((foreignKey) => !leaning.includes(foreignKey));
  const key = (desired.primaryKey?.columns ?? []).map((column) => ({ column }));
  const future = [...desired.indexes.map(({ parts }) => parts), key];
  return {
    // InnoDB names the index after the constraint.
    isLeftBehind: ({ name, unique, parts }) =>
      !unique &&
      going.some(
        (foreignKey) =>
          foreignKey.name === name &&
          foreignKey.columns.length === parts.length &&
          beginsWith(parts, foreignKey.columns),
      ),
    isImplied: ({ unique, parts }) =>
      !unique && leaning.some(({ columns }) => parts.length === columns.length && beginsWith(parts, columns)),
    isNeeded: ({ parts }) =>
      leaning.some(
        ({ columns }) => beginsWith(parts, columns) && !future.some((others) => beginsWith(others, columns)),
      ),
  };
}

/** The table without an index that is not in `live` and that the server takes away by itself: one for a foreign key that another index serves. */
export function withoutVanished(table: Table, live: Table | undefined): Table {
  const isVanished = (index: Index): boolean =>
    !index.unique &&
    !live?.indexes.some(({ name }) => name === index.name) &&
    table.foreignKeys.some(
      ({ columns }) =>
        index.parts.length === columns.length &&
        beginsWith(index.parts, columns) &&
        table.indexes.some((other) => other !== index && beginsWith(other.parts, columns)),
    );
  return { ...table, indexes: table.indexes.filter((index) => !isVanished(index)) };
}

/** True when the key begins with these columns, whole. */
export function beginsWith(parts: Index['parts'], columns: readonly (string | undefined)[]): boolean {
  return columns.every(
    (column, at) => column !== undefined && parts[at]?.column === column && parts[at].length === undefined,
  );
}
