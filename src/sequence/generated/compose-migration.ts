import { applyOperation, type Operation } from '../../operations/index.ts';
import type { Renames } from '../../diff/index.ts';
import type { DialectName } from '../../schema/sql-by-dialect.ts';
import { isSameData } from '../../schema/canonical.ts';
import type { Schema } from '../../schema/schema.ts';
import { alignOperations, type Slot } from './align-operations.ts';
import { describeCautions, type Placed } from './describe-cautions.ts';
import { presumedChanges, type SideOperations } from './difference-on.ts';
import type { ByDatabase, GeneratedItem, GeneratedMigration } from './generated-migration.ts';
import { portableOrder } from './portable-order.ts';
import { touchedBy, touchedSchema, type Touched } from './touched-schema.ts';
import { unifySlots } from './unify-slots.ts';

/** One migration of the operations of several databases, the connected one first: what is the same is said once. Pure. */
export function composeMigration(
  description: string,
  sides: readonly [SideOperations, ...SideOperations[]],
): GeneratedMigration {
  const [first] = sides;
  const lists = new Map(sides.map(({ dialect, operations }) => [dialect.name, operations]));
  const order = (operations: readonly Operation[]) => portableOrder(operations, first.desired, first.dialect);
  const slots = unifySlots(alignOperations(lists, order), sides);
  const leads = sides.every((side) => leadsThere(side, slots));
  const touched = touchedBy(sides.flatMap(({ operations }) => operations));
  return {
    description,
    items: leads ? itemsOf(slots, sides) : [wholeLists(sides)],
    from: compareOn(sides, touched, ({ before }) => before),
    to: compareOn(sides, touched, ({ desired }) => desired),
  };
}

/** True where the operations of all slots, in their order, lead one database to its models. */
function leadsThere({ dialect, before, desired }: SideOperations, slots: readonly Slot[]): boolean {
  const operations = slots.flatMap((slot) => slot.get(dialect.name) ?? []);
  const after = operations.reduce<Schema>(applyOperation, before);
  return presumedChanges(desired, after, { renames: noRenames, side: { dialect } }).length === 0;
}

const noRenames: Renames = { tables: {}, columns: {} };

function itemsOf(slots: readonly Slot[], sides: readonly SideOperations[]): readonly GeneratedItem[] {
  const schemas = new Map<DialectName, Schema>(sides.map(({ dialect, before }) => [dialect.name, before]));
  return slots.map((slot) => {
    const places = sides.flatMap(({ dialect, before }): Placed[] => {
      const operation = slot.get(dialect.name);
      return operation ? [{ dialect, operation, schema: schemas.get(dialect.name) ?? before }] : [];
    });
    for (const { dialect, operation, schema } of places) schemas.set(dialect.name, applyOperation(schema, operation));
    return { cautions: describeCautions(places), operations: operationsOf(slot, sides) };
  });
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
      schema = applyOperation(schema, operation);
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

/** A schema of one database stands for another's where a comparison there finds no difference. */
function compareOn(
  sides: readonly SideOperations[],
  touched: Touched,
  schemaOf: (side: SideOperations) => Schema,
): ByDatabase<Schema> {
  const parts = sides.map((side) => ({ dialect: side.dialect, schema: touchedSchema(schemaOf(side), touched) }));
  const values = new Map<DialectName, Schema>();
  for (const side of parts) {
    const found = [...new Set(values.values())].find((schema) => isAlike(side, schema));
    values.set(side.dialect.name, found ?? side.schema);
  }
  return sameOrDifferent(values);
}

function isAlike(side: Pick<SideOperations, 'dialect'> & { readonly schema: Schema }, other: Schema): boolean {
  const changes = (to: Schema, from: Schema) => presumedChanges(to, from, { renames: noRenames, side });
  return changes(side.schema, other).length === 0 && changes(other, side.schema).length === 0;
}
