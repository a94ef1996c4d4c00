import type { Dialect } from '../dialects/dialect.ts';
import type { Operation, OperationOf } from '../operations/index.ts';
import { applyOperation } from '../operations/index.ts';
import { entryOf } from '../schema/entry-of.ts';
import { parseTableKey, tableKey } from '../schema/names.ts';
import type { Schema } from '../schema/schema.ts';
import { sqlFor } from '../schema/sql-by-dialect.ts';
import { droppedBy, type MadeObject } from '../schema/statement-effect.ts';

type Naming = Pick<Dialect, 'name' | 'lexis' | 'traits'>;

/** The drops that SQL of an author's spells out, of what is there; `undefined` where its words do not say what goes. Pure. */
export function presumedDrops(
  { up }: OperationOf<'rawSql'>,
  schema: Schema,
  dialect: Naming,
): readonly Operation[] | undefined {
  const dropped = droppedBy(sqlFor(dialect.name, up) ?? '', dialect.lexis);
  if (!dropped) return undefined;
  const drops: Operation[] = [];
  let left = schema;
  for (const operation of dropped.flatMap((object) => dropOf(object, left, dialect) ?? [])) {
    drops.push(operation);
    left = applyOperation(left, operation);
  }
  return drops;
}

function dropOf({ table: written, column }: MadeObject, { tables }: Schema, naming: Naming): Operation | undefined {
  const key = spelledAs(Object.keys(tables), bareKey(written, naming), naming);
  const table = key === undefined ? undefined : entryOf(tables, key);
  if (!table || column === undefined) return table && { kind: 'dropTable', table };
  const name = spelledAs(Object.keys(table.columns), column, naming);
  const found = name === undefined ? undefined : entryOf(table.columns, name);
  return found && { kind: 'dropColumn', table: table.name, column: found };
}

function bareKey(written: string, { traits }: Naming): string {
  const { name, namespace } = parseTableKey(written);
  return namespace !== undefined && namespace === traits.defaultNamespace ? tableKey(name) : written;
}

/** As written, in small letters, or in any where the database does not tell them apart. */
function spelledAs(names: readonly string[], written: string, { traits }: Naming): string | undefined {
  const small = written.toLowerCase();
  return (
    names.find((name) => name === written) ??
    names.find((name) => name === small || (traits.namesIgnoreCase && name.toLowerCase() === small))
  );
}
