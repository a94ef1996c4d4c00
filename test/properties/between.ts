import type { MigrateOptions } from '../../src/config/options.ts';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { entryOf } from '../../src/schema/entry-of.ts';
import type { DatabaseKind } from '../support/databases.ts';
import type { Wish } from '../support/migrate-schema.ts';
import { kindOf } from './arbitraries/kinds.ts';
import type { Model, TableModel } from './arbitraries/model.ts';
import { effectiveKind, renderModel } from './arbitraries/render.ts';

/** What the options would say of the way from A to B: renames, and what rows get in required columns. */
export function optionsBetween(a: Model, b: Model, database: DatabaseKind): NonNullable<MigrateOptions['tables']> {
  const from = renderModel(a, database);
  const tables = b.tables.map((table) => {
    const old = a.tables.find(({ id }) => id === table.id);
    const columns = table.columns.map((column) => [column.name, columnOptions(b, table, column, old)] as const);
    const renamed = old && old.name !== table.name && entryOf(from.tables, old.name) ? { renamedFrom: old.name } : {};
    return [
      table.name,
      { ...renamed, columns: Object.fromEntries(columns.filter(([, options]) => Object.keys(options).length > 0)) },
    ] as const;
  });
  return Object.fromEntries(tables);
}

function columnOptions(
  b: Model,
  table: TableModel,
  column: TableModel['columns'][number],
  old: TableModel | undefined,
): { renamedFrom?: string | false; backfill?: { value: string | number } } {
  const before = old?.columns.find(({ id }) => id === column.id);
  const value = kindOf(effectiveKind(b, table, column)).values.at(-1);
  return {
    ...(before && before.name !== column.name && { renamedFrom: before.name }),
    ...(old && !before && { renamedFrom: false as const }),
    ...(!before &&
      column.backfill &&
      (typeof value === 'string' || typeof value === 'number') && { backfill: { value } }),
  };
}

export interface KeptColumns {
  readonly from: string;
  readonly to: string;
  /** Old and new name of each. */
  readonly columns: readonly (readonly [string, string])[];
}

/** The columns of tables that both have whose type is the same. */
export function keptColumns(a: Model, b: Model, dialect: Dialect, wish: Wish): KeptColumns[] {
  const before = renderModel(a, dialect.name);
  return a.tables.flatMap((table): KeptColumns[] => {
    const now = b.tables.find(({ id }) => id === table.id);
    if (!now) return [];
    const columns = table.columns.flatMap((column): (readonly [string, string])[] => {
      const later = now.columns.find(({ id }) => id === column.id);
      const old = entryOf(entryOf(before.tables, table.name)?.columns, column.name);
      const wanted = later && entryOf(entryOf(wish.schema.tables, now.name)?.columns, later.name);
      if (!later || !old || !wanted || wanted.generated || old.generated) return [];
      return dialect.types.same(old.type, wanted.type) ? [[column.name, later.name]] : [];
    });
    return columns.length > 0 ? [{ from: table.name, to: now.name, columns }] : [];
  });
}
