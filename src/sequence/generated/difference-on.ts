import { createJudge } from '../../diff/expressions.ts';
import { diffSchemas, type Renames } from '../../diff/index.ts';
import { isSameData } from '../../schema/canonical.ts';
import type { Operation } from '../../operations/index.ts';
import { expandOperations, type BackfillSource } from '../../plan/expand.ts';
import type { DialectName } from '../../schema/sql-by-dialect.ts';
import type { Schema } from '../../schema/schema.ts';
import { portableOrder } from './portable-order.ts';
import { isImpliedIndex, presumedSchema } from './presumed-schema.ts';
import { schemaBefore, takeBack } from './schema-before.ts';
import type { Side } from './side.ts';

/** What the options say besides the models. */
export interface Wishes {
  readonly renames: Renames;
  backfillFor(dialect: DialectName): BackfillSource;
}

/** The operations of a file on one database product, and the schema that they start from. */
export interface SideOperations extends Side {
  readonly before: Schema;
  readonly operations: readonly Operation[];
}

/** On the connected database: what was found there, expanded as if every table had rows, so that it is safe elsewhere. */
export function connectedOperations(side: Side, changes: readonly Operation[], wishes: Wishes): SideOperations {
  const operations = inOrder(side, changes, wishes);
  return { ...side, operations, before: schemaBefore(side.desired, operations, side.dialect) };
}

/** On another one: what separates its models from what it presumably looks like. Nothing is asked. */
export function presumedOperations(other: Side, connected: SideOperations, wishes: Wishes): SideOperations {
  const before = presumedSchema(other, connected.operations, connected);
  const implied = other.dialect.traits.impliedForeignKeyIndexes
    ? connected.operations.filter((operation) => isImpliedIndex(operation, { ...connected, connected }))
    : [];
  const found = presumedChanges(other.desired, before, { ...wishes, side: other });
  const more = [...implied, ...strayOperations(connected)].filter((operation) => !isIn(found, operation));
  const changes = [...found, ...more];
  return { ...other, before, operations: inOrder(other, changes, wishes) };
}

const isIn = (operations: readonly Operation[], wanted: Operation): boolean =>
  operations.some((operation) => isSameData(operation, wanted));

/** What a comparison on one product finds between two schemas that are known without asking it. */
export function presumedChanges(
  desired: Schema,
  actual: Schema,
  { side, renames = noRenames }: Partial<Pick<Wishes, 'renames'>> & { readonly side: Pick<Side, 'dialect'> },
): readonly Operation[] {
  const { dialect } = side;
  const expressions = createJudge(dialect.types, { spellings: [] });
  return diffSchemas(desired, actual, { dialect, expressions, isOurs: () => true, renames }).changes;
}

const noRenames: Renames = { tables: {}, columns: {} };

function inOrder(side: Side, changes: readonly Operation[], wishes: Wishes): Operation[] {
  const { operations } = expandOperations(changes, {
    actual: side.desired,
    backfillFor: wishes.backfillFor(side.dialect.name),
    hasRows: () => true,
  });
  return portableOrder(operations, side.desired, side.dialect);
}

/** What is about objects that no models have, and so is the same everywhere: a surplus column that is made nullable. */
function strayOperations({ desired, operations, dialect }: SideOperations): readonly Operation[] {
  let schema = desired;
  return operations.toReversed().flatMap((operation) => {
    const before = takeBack(schema, operation, dialect);
    const isStray = operation.kind !== 'backfill' && isSameData(before, schema);
    schema = before;
    return isStray ? [operation] : [];
  });
}
