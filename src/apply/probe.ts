import { compareSchemas } from '../diff/compare.ts';
import { withoutVanished } from '../diff/foreign-key-indexes.ts';
import { createJudge, type Spelling } from '../diff/expressions.ts';
import { describeObject, diffSchemas, type Difference } from '../diff/index.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { describeOperation, tablesOf, type Operation } from '../operations/index.ts';
import { sliceSchema } from '../schema/edit.ts';
import { entryOf } from '../schema/entry-of.ts';
import type { Schema } from '../schema/schema.ts';

/** What a look at the touched objects says about an operation whose outcome is in doubt. */
export type Verdict =
  | { readonly state: 'before' | 'after' }
  | { readonly state: 'neither'; readonly live: string; readonly expected: string };

export interface ProbeInput {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly operation: Operation;
  /** The touched objects just before the operation and just after it. */
  readonly before: Schema;
  readonly after: Schema;
  readonly spellings: readonly Spelling[];
}

/** The part of a schema that an operation touches. */
export function touchedSlice(schema: Schema, operation: Operation): Schema {
  const slice = sliceSchema(schema, tablesOf(operation));
  const isView = 'view' in operation || operation.kind === 'replaceView';
  const isEnum = 'enum' in operation || operation.kind === 'alterEnum';
  return { tables: slice.tables, views: isView ? slice.views : {}, enums: isEnum ? slice.enums : {} };
}

/** Decides by the catalogs alone whether an operation has happened. Guesses nothing. */
export async function probe(input: ProbeInput): Promise<Verdict> {
  const { session, dialect, operation } = input;
  const inspected = await dialect.inspect(session, { tables: tablesOf(operation) });
  const live = touchedSlice(inspected, operation);
  const toAfter = await differenceBetween(input, expectedOf(input, live), live);
  const toBefore = await differenceBetween(input, input.before, live);
  const isAfter = isEmpty(toAfter);
  const isBefore = isEmpty(toBefore);
  if (isAfter && !isBefore) return { state: 'after' };
  if (isBefore && !isAfter) return { state: 'before' };
  if (isAfter && isBefore) return { state: differsStructurally(input, live) };
  return { state: 'neither', live: summarize(toAfter), expected: summarize(toBefore) };
}

/** What is to be found after the operation, without what the server takes away by itself. */
function expectedOf({ dialect, after }: ProbeInput, live: Schema): Schema {
  if (!dialect.traits.impliedForeignKeyIndexes) return after;
  const tables = Object.entries(after.tables).map(
    ([name, table]) => [name, withoutVanished(table, entryOf(live.tables, name))] as const,
  );
  return { ...after, tables: Object.fromEntries(tables) };
}

async function differenceBetween(
  { session, dialect, spellings }: ProbeInput,
  wanted: Schema,
  live: Schema,
): Promise<Difference> {
  const input = {
    session,
    dialect,
    desired: wanted,
    actual: live,
    spellings,
    isOurs: () => true,
    renames: { tables: {}, columns: {} },
  };
  return (await compareSchemas(input)).difference;
}

// Both comparisons are empty when the change itself is no difference (names only): doing it again is harmless.
function differsStructurally({ dialect, before, spellings }: ProbeInput, live: Schema): 'before' | 'after' {
  const expressions = createJudge(dialect.types, { spellings });
  const names = (schema: Schema): string =>
    Object.values(schema.tables)
      .flatMap(({ indexes }) => indexes.map(({ name }) => name))
      .toSorted()
      .join('\u0000');
  const difference = diffSchemas(before, live, {
    dialect,
    expressions,
    isOurs: () => true,
    renames: { tables: {}, columns: {} },
  });
  return difference.changes.length === 0 && names(before) === names(live) ? 'before' : 'after';
}

const isEmpty = ({ changes, notOurs }: Difference): boolean => changes.length === 0 && notOurs.length === 0;
const summarize = ({ changes, notOurs }: Difference): string =>
  [...changes.map(describeOperation), ...notOurs.map(describeObject)].slice(0, 5).join('; ');
