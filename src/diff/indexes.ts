import { isSameData } from '../schema/canonical.ts';
import { withSuffix } from '../schema/names.ts';
import type { Index, IndexPart, Table } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';
import type { DiffContext } from './context.ts';
import type { Difference } from './difference.ts';
import { expressionPlace } from './expressions.ts';
import { beginsWith, foreignKeyIndexes } from './foreign-key-indexes.ts';
import { matchMultisets } from './match.ts';

/** Missing and surplus indexes and unique constraints of one table, matched by structure. */
export function diffIndexes(desired: Table, actual: Table, context: DiffContext): Partial<Difference> {
  const isSame = (a: Index, b: Index): boolean => isSameIndex(desired.name, a, b, context);
  const matched = matchMultisets(desired.indexes, actual.indexes, isSame, constraintsFirst);
  const { isImplied, isNeeded, isLeftBehind } = foreignKeyIndexes(desired, actual, context);
  const isOurs = (index: Index): boolean =>
    isLeftBehind(index) || context.isOurs({ kind: 'index', table: actual.name, name: index.name });
  const extra = matched.surplus.filter((index) => !index.invalid && (isOurs(index) || !isImplied(index)));
  const dropped = matched.surplus.filter((index) => index.invalid || (isOurs(index) && !isNeeded(index)));
  const swapped = context.dialect.traits.impliedForeignKeyIndexes
    ? dropped.filter(({ name }) => hasIndex(matched.missing, name))
    : [];
  return {
    changes: [
      ...renameIndexes(
        actual,
        { ...matched, kept: matched.surplus.filter((index) => !dropped.includes(index)) },
        isImplied,
      ),
      ...swapped.map((index) => swapIndex(index, matched.missing, desired.name)),
      ...dropped
        .filter((index) => !swapped.includes(index))
        .map((index): Operation => ({ kind: 'dropIndex', table: actual.name, index })),
      ...matched.missing
        .filter(({ name }) => !hasIndex(swapped, name))
        .map((index): Operation => ({ kind: 'addIndex', table: desired.name, index })),
    ],
    notOurs: extra.filter((index) => !isOurs(index)).map(({ name }) => ({ kind: 'index', table: actual.name, name })),
  };
}

/** The same object, whatever the database calls it. */
export function isSameIndex(table: string, wanted: Index, found: Index, context: DiffContext): boolean {
  if (found.invalid || wanted.unique !== found.unique || wanted.parts.length !== found.parts.length) return false;
  if (isSameData(wanted, found)) return true;
  if (!isSamePredicate(table, wanted.where, found.where, context)) return false;
  const facets = (index: Index): unknown => [
    methodOf(index),
    index.include ?? [],
    index.nullsNotDistinct,
    index.deferrable,
    index.invisible,
  ];
  return (
    isSameData(facets(wanted), facets(found)) &&
    wanted.parts.every((part, at) => isSamePart(table, part, found.parts[at], context))
  );
}

/** A unique key that the database keeps by a hash of its values (MariaDB): it forbids the same rows. */
function methodOf({ method, unique }: Index): string | undefined {
  return unique && method === 'hash' ? undefined : method;
}

function isSamePart(
  table: string,
  wanted: IndexPart,
  found: IndexPart | undefined,
  { expressions }: DiffContext,
): boolean {
  if (!found || wanted.column !== found.column) return false;
  const facets = (part: IndexPart): unknown => [
    part.descending,
    part.nulls,
    part.length,
    part.collation,
    part.operatorClass,
  ];
  if (!isSameData(facets(wanted), facets(found))) return false;
  if (wanted.expression === undefined || found.expression === undefined) return wanted.expression === found.expression;
  return expressions.isSame(expressionPlace(table, 'part'), wanted.expression, found.expression);
}

function isSamePredicate(
  table: string,
  wanted: string | undefined,
  found: string | undefined,
  { expressions }: DiffContext,
): boolean {
  if (wanted === undefined || found === undefined) return wanted === found;
  return expressions.isSame(expressionPlace(table, 'where'), wanted, found);
}

interface Matched {
  readonly missing: readonly Index[];
  readonly pairs: readonly (readonly [wanted: Index, found: Index])[];
  /** Surplus that stays. */
  readonly kept: readonly Index[];
}

/** Names that a new index needs are given up first; one that would vanish gets the name that the models have for it. */
function renameIndexes(
  table: Table,
  { missing, pairs, kept }: Matched,
  isImplied: (index: Index) => boolean,
): Operation[] {
  const isFleeting = (index: Index): boolean =>
    isImplied(index) &&
    missing.some(({ parts }) =>
      beginsWith(
        parts,
        index.parts.map(({ column }) => column),
      ),
    );
  const rename = (from: string, to: string): Operation => ({ kind: 'renameIndex', table: table.name, from, to });
  const moved = pairs.filter(
    ([{ name }, found]) => name !== found.name && (hasIndex(missing, found.name) || isFleeting(found)),
  );
  return [
    ...kept.filter(({ name }) => hasIndex(missing, name)).map(({ name }) => rename(name, freeName(table, name))),
    ...moved.map(([wanted, { name }]) =>
      rename(name, hasIndex(table.indexes, wanted.name) ? freeName(table, name) : wanted.name),
    ),
  ];
}

/** In one statement, so that a foreign key is never without an index. */
function swapIndex(index: Index, missing: readonly Index[], table: string): Operation {
  const added = missing.filter(({ name }) => name === index.name);
  const adds = added.map((other) => ({ kind: 'addIndex', table, index: other }) as const);
  return { kind: 'alterTable', table, changes: [{ kind: 'dropIndex', table, index }, ...adds] };
}

function hasIndex(indexes: readonly Index[], name: string): boolean {
  return indexes.some((index) => index.name === name);
}

function constraintsFirst(a: Index, b: Index): number {
  return Number(Boolean(b.constraint)) - Number(Boolean(a.constraint));
}

/** A name for what must make room; deterministic, and short enough for every database. */
function freeName(table: Table, name: string): string {
  const taken = new Set(table.indexes.map((index) => index.name));
  for (let at = 1; ; at += 1) {
    const candidate = withSuffix(name, `_old${at}`);
    if (!taken.has(candidate)) return candidate;
  }
}
