import type { Operation } from '../../operations/index.ts';
import type { DialectName } from '../../schema/sql-by-dialect.ts';
import { isSameData } from '../../schema/canonical.ts';
import type { Schema } from '../../schema/schema.ts';
import { alignOperations, type Slot } from './align-operations.ts';
import { describeCautions, type Placed } from './describe-cautions.ts';
import { presumedChanges, type SideOperations } from './difference-on.ts';
import type { ByDatabase, GeneratedItem, GeneratedMigration } from './generated-migration.ts';
import { portableOrder } from './portable-order.ts';
import { portableTables } from './portable-tables.ts';
import { schemaAfter } from './schema-before.ts';
import { schemasOf } from './schemas-of.ts';
import { touchedBy, touchedSchema } from './touched-schema.ts';
import { unifySlots } from './unify-slots.ts';

/** One migration of the operations of several databases, the connected one first: what is the same is said once. Pure. */
export function composeMigration(
  description: string,
  given: readonly [SideOperations, ...SideOperations[]],
): GeneratedMigration {
  const sides = portableTables(given);
  const [first] = sides;
  const lists = new Map(sides.map(({ dialect, operations }) => [dialect.name, operations]));
  const order = (operations: readonly Operation[]) => portableOrder(operations, first.desired, first.dialect);
  const slots = unifySlots(alignOperations(lists, order), sides);
  const leads = sides.every((side) => leadsThere(side, slots));
  const touched = touchedBy(sides.flatMap(({ operations }) => operations));
  return {
    description,
    items: leads ? itemsOf(slots, sides) : [wholeLists(sides)],
    from: schemasOf(sides, ({ before }) => touchedSchema(before, touched)),
    to: schemasOf(sides, ({ desired }) => touchedSchema(desired, touched)),
  };
}

/** True where the operations of all slots, in their order, lead one database to its models. */
function leadsThere({ dialect, before, desired }: SideOperations, slots: readonly Slot[]): boolean {
  const operations = slots.flatMap((slot) => slot.get(dialect.name) ?? []);
  const after = operations.reduce((schema, operation) => schemaAfter(schema, operation, dialect), before);
  return presumedChanges(desired, after, { side: { dialect } }).length === 0;
}

function itemsOf(slots: readonly Slot[], sides: readonly SideOperations[]): readonly GeneratedItem[] {
  const schemas = new Map<DialectName, Schema>(sides.map(({ dialect, before }) => [dialect.name, before]));
  const created = new Set(
    slots.flatMap((slot) =>
      [...slot.values()].flatMap((operation) => (operation.kind === 'createTable' ? [operation.table.name] : [])),
    ),
  );
  return slots.map((slot) => {
    const places = sides.flatMap(({ dialect, before }): Placed[] => {
      const operation = slot.get(dialect.name);
      return operation ? [{ dialect, operation, schema: schemas.get(dialect.name) ?? before }] : [];
    });
    for (const { dialect, operation, schema } of places)
      schemas.set(dialect.name, schemaAfter(schema, operation, dialect));
    const cautions = places.some(isOfNewTable) ? [] : describeCautions(places);
    return { cautions, operations: operationsOf(slot, sides) };
  });

  /** No row can be in its way. */
  function isOfNewTable({ operation }: Placed): boolean {
    return 'table' in operation && typeof operation.table === 'string' && created.has(operation.table);
  }
}

function operationsOf(slot: Slot, sides: readonly SideOperations[]): ByDatabase<readonly Operation[]> {
  const values = new Map(
    sides.map(({ dialect }) => {
      const operation = slot.get(dialect.name);
      return [dialect.name, operation ? [operation] : []] as const;
    }),
  );
  return sameOrDifferent(values);
}

/** Where one order for all cannot be had, each database has its own list. */
function wholeLists(sides: readonly SideOperations[]): GeneratedItem {
  const places = sides.flatMap(({ dialect, operations, before }) => {
    let schema = before;
    return operations.map((operation): Placed => {
      const place = { dialect, operation, schema };
      schema = schemaAfter(schema, operation, dialect);
      return place;
    });
  });
  return {
    cautions: describeCautions(places.slice(0, sides[0]?.operations.length)),
    operations: sameOrDifferent(new Map(sides.map(({ dialect, operations }) => [dialect.name, operations]))),
  };
}

function sameOrDifferent<T>(values: ReadonlyMap<DialectName, T>): ByDatabase<T> {
  const [first, ...rest] = values.values();
  if (first !== undefined && rest.every((value) => isSameData(value, first))) return { kind: 'same', value: first };
  return { kind: 'different', values };
}
