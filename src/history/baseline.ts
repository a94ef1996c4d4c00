import type { DiffContext } from '../diff/index.ts';
import { isSameForeignKey } from '../diff/foreign-keys.ts';
import { isSameIndex } from '../diff/indexes.ts';
import { matchMultisets } from '../diff/match.ts';
import { isSameData } from '../schema/canonical.ts';
import type { Schema, Table } from '../schema/schema.ts';
import { entryOf } from '../schema/entry-of.ts';

/** The part of an existing database that matches the models: what the first run adopts as ours. All else is not. */
export function adoptedByModels(desired: Schema, actual: Schema, context: DiffContext): Schema {
  const tables = Object.values(actual.tables).flatMap((table) => {
    const model = entryOf(desired.tables, table.name);
    return model ? [[table.name, adoptTable(model, table, context)] as const] : [];
  });
  const views = Object.entries(actual.views).filter(([name]) => entryOf(desired.views, name));
  const enums = Object.entries(actual.enums).filter(([name]) => entryOf(desired.enums, name));
  return { tables: Object.fromEntries(tables), views: Object.fromEntries(views), enums: Object.fromEntries(enums) };
}

function adoptTable(model: Table, table: Table, context: DiffContext): Table {
  const columns = Object.entries(table.columns).filter(([name]) => entryOf(model.columns, name));
  const indexes = matchMultisets(model.indexes, table.indexes, (a, b) => isSameIndex(model.name, a, b, context));
  const keys = matchMultisets(model.foreignKeys, table.foreignKeys, isSameForeignKey);
  const { primaryKey, partitioning, ...rest } = table;
  const checks = matchMultisets(model.checks, table.checks, (a, b) => a.name === b.name);
  return {
    ...rest,
    ...(primaryKey && isSameData(primaryKey.columns, model.primaryKey?.columns) && { primaryKey }),
    ...(partitioning && model.partitioning && { partitioning }),
    columns: Object.fromEntries(columns),
    indexes: indexes.pairs.map(([, found]) => found),
    foreignKeys: keys.pairs.map(([, found]) => found),
    checks: checks.pairs.map(([, found]) => found),
    triggers: table.triggers.filter(({ name }) => model.triggers.some((trigger) => trigger.name === name)),
  };
}
