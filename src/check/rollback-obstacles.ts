import type { Dialect } from '../dialects/dialect.ts';
import { partsOf } from '../operations/alter-table.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
import type { Blocked } from '../plan/plan-file.ts';
import type { PlacedStep } from '../plan/rollback-steps.ts';
import { identifierOf, tokenize } from '../schema/expression.ts';
import { displayTable, parseTableKey } from '../schema/names.ts';
import type { Schema } from '../schema/schema.ts';

type Pinning = Pick<Dialect, 'lexis' | 'traits'>;

/** Objects that use what a step takes away, and that no step takes away before it: someone else made them. Pure. */
export function findObstacles(placed: readonly PlacedStep[], dialect: Pinning): Blocked[] {
  return placed.flatMap(({ step: { id, operation, summary }, before }) => {
    let schema = before;
    return partsOf(operation).flatMap((part): Blocked[] => {
      const users = usersOf(part, schema, dialect);
      schema = applyOperation(schema, part);
      if (users.length === 0) return [];
      return [{ code: 'IN_USE', step: id, message: `${summary}: it is used by ${users.join(', ')}` }];
    });
  });
}

function usersOf(part: Operation, schema: Schema, { lexis, traits }: Pinning): string[] {
  switch (part.kind) {
    case 'dropTable':
      return [...keysTo(part.table.name, schema), ...viewsNaming([part.table.name], schema, lexis)];
    case 'dropColumn':
      return viewsNaming([part.table, part.column.name], schema, lexis);
    case 'changeType':
      return traits.viewsPinColumns ? viewsNaming([part.table, part.column], schema, lexis) : [];
    case 'dropEnum':
      return columnsOf(part.enum.name, schema);
    case 'dropNamespace':
      return [...Object.keys(schema.tables), ...Object.keys(schema.views), ...Object.keys(schema.enums)]
        .filter((key) => parseTableKey(key).namespace === part.namespace)
        .map(displayTable);
    default:
      return [];
  }
}

function keysTo(name: string, { tables }: Schema): string[] {
  return Object.values(tables)
    .filter((table) => table.name !== name)
    .flatMap((table) => table.foreignKeys.map((key) => ({ table: table.name, key })))
    .filter(({ key }) => key.references.table === name)
    .map(({ table, key }) => `the foreign key ${key.name} of ${displayTable(table)}`);
}

function viewsNaming(keys: readonly string[], { views }: Schema, lexis: Dialect['lexis']): string[] {
  const wanted = keys.map((key) => parseTableKey(key).name);
  return Object.values(views)
    .filter(({ definition }) => {
      const named = new Set(tokenize(definition, lexis).map(identifierOf));
      return wanted.every((name) => named.has(name));
    })
    .map(({ name }) => `the view ${displayTable(name)}`);
}

function columnsOf(type: string, { tables }: Schema): string[] {
  return Object.values(tables).flatMap((table) =>
    Object.values(table.columns)
      .filter((column) => column.type.type === 'enum' && column.type.name === type)
      .map((column) => `the column ${displayTable(table.name)}.${column.name}`),
  );
}
