import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import type { Schema } from '../schema/schema.ts';
import type { DiffContext } from './context.ts';
import type { Difference, ObjectRef } from './difference.ts';
import { createJudge, readExpressionPlace, spellings, type ExpressionJudge, type Spelling } from './expressions.ts';
import { diffSchemas } from './index.ts';
import { entryOf } from '../schema/entry-of.ts';

export interface CompareInput extends Pick<DiffContext, 'isOurs' | 'renames'> {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly desired: Schema;
  readonly actual: Schema;
  /** From the log: what was written and then reported. */
  readonly spellings: readonly Spelling[];
}

/** A difference, the judge that found it, and spellings learned by asking the database. */
export interface Comparison {
  readonly difference: Difference;
  readonly expressions: ExpressionJudge;
  readonly learned: readonly Spelling[];
}

/** Compares two schemas; expressions in doubt are echoed by the database itself until nothing changes. Writes nothing. */
export async function compareSchemas(input: CompareInput): Promise<Comparison> {
  const { dialect, desired, actual } = input;
  const first = compareOnce(input, [], new Set());
  if (first.expressions.doubtful.size === 0) return first;
  const asked = await echoTables(input, first.expressions.doubtful);
  const second = compareOnce(input, asked.learned, asked.unaskable);
  const view = (name: string): boolean =>
    entryOf(desired.views, name) !== undefined && entryOf(actual.views, name) !== undefined;
  const known = new Set(input.spellings.map(({ reported }) => dialect.types.canonicalExpression(reported)));
  const unknownViews = [...second.expressions.doubtful].filter(
    (name) =>
      view(name) && !known.has(dialect.types.canonicalExpression(entryOf(actual.views, name)?.definition ?? '')),
  );
  return unknownViews.length === 0
    ? second
    : compareOnce(input, asked.learned, new Set([...asked.unaskable, ...unknownViews]));
}

function compareOnce(input: CompareInput, learned: readonly Spelling[], unaskable: ReadonlySet<string>): Comparison {
  const expressions = createJudge(input.dialect.types, { spellings: [...input.spellings, ...learned], unaskable });
  const difference = diffSchemas(input.desired, input.actual, { ...input, expressions });
  const unverified = [...expressions.unverified].map(expressionRef);
  return { difference: { ...difference, unverified }, expressions, learned };
}

function expressionRef(place: string): ObjectRef {
  const { table, facet, column } = readExpressionPlace(place);
  return { kind: 'expression', table, name: column === undefined ? facet : `${facet} ${column}` };
}

/** Has the database respell the models' and the catalog's texts, each twice: a respelling may be respelled again. */
async function echoTables(
  { session, dialect, desired, actual }: CompareInput,
  tables: ReadonlySet<string>,
): Promise<{ learned: Spelling[]; unaskable: Set<string> }> {
  const learned: Spelling[] = [];
  const unaskable = new Set<string>();
  for (const name of tables) {
    const sides = [entryOf(desired.tables, name), entryOf(actual.tables, name)].flatMap((table) =>
      table ? [table] : [],
    );
    for (const table of sides) {
      const echoed = await dialect.echo(session, { ...table, foreignKeys: [], triggers: [] });
      if (!echoed) {
        unaskable.add(name);
        continue;
      }
      learned.push(...spellings(table, echoed));
      const again = await dialect.echo(session, { ...echoed, name: table.name, foreignKeys: [], triggers: [] });
      if (again) learned.push(...spellings(echoed, again));
    }
  }
  return { learned, unaskable };
}
