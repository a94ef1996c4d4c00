import { entryOf } from '../schema/entry-of.ts';
import type { Schema, Table } from '../schema/schema.ts';

/** What either of two schemas has; where both have it, as the second has it. */
export function uniteSchemas(first: Schema, second: Schema): Schema {
  const tables = Object.entries(second.tables).map(([name, table]) => {
    const before = entryOf(first.tables, name);
    return [name, before ? uniteTables(before, table) : table] as const;
  });
  return {
    ...first,
    tables: { ...first.tables, ...Object.fromEntries(tables) },
    views: { ...first.views, ...second.views },
    enums: { ...first.enums, ...second.enums },
  };
}

function uniteTables(first: Table, second: Table): Table {
  return {
    ...first,
    ...second,
    columns: { ...first.columns, ...second.columns },
    indexes: uniteNamed(first.indexes, second.indexes),
    foreignKeys: uniteNamed(first.foreignKeys, second.foreignKeys),
    checks: uniteNamed(first.checks, second.checks),
    triggers: uniteNamed(first.triggers, second.triggers),
  };
}

function uniteNamed<Item extends { readonly name: string }>(first: readonly Item[], second: readonly Item[]): Item[] {
  const names = new Set(second.map(({ name }) => name));
  return [...first.filter(({ name }) => !names.has(name)), ...second];
}
