import { isSameData } from '../schema/canonical.ts';
import type { Index, IndexPart, Table } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';
import type { DiffContext } from './context.ts';
import type { Difference } from './difference.ts';
import { expressionPlace } from './expressions.ts';
import { matchMultisets } from './match.ts';

/** Missing and surplus indexes and unique constraints of one table, matched by structure. */
export function diffIndexes(desired: Table, actual: Table, context: DiffContext): Partial<Difference> {
  const isSame = (a: Index, b: Index): boolean => isSameIndex(desired.name, a, b, context);
  const { missing, surplus, pairs } = matchMultisets(desired.indexes, actual.indexes, isSame, constraintsFirst);
  const fleeting = pairs.filter(([wanted, found]) => wanted.name !== found.name && isFleeting(actual, found, missing, context));
  const invalid = surplus.filter((index) => index.invalid);
  const extra = surplus.filter((index) => !index.invalid && !isImplied(actual, index, context));
  const ours = extra.filter(({ name }) => context.isOurs({ kind: 'index', table: actual.name, name }));
  const taken = extra.filter((index) => !ours.includes(index) && missing.some(({ name }) => name === index.name));
  const notOurs = extra.filter((index) => !ours.includes(index));
  return {
    changes: [
      ...taken.map((index): Operation => ({ kind: 'renameIndex', table: actual.name, from: index.name, to: freeName(actual, index.name) })),
      ...fleeting.map(([wanted, found]): Operation => ({ kind: 'renameIndex', table: actual.name, from: found.name, to: wanted.name })),
      ...[...invalid, ...ours].map((index): Operation => ({ kind: 'dropIndex', table: actual.name, index })),
      ...missing.map((index): Operation => ({ kind: 'addIndex', table: desired.name, index })),
    ],
    notOurs: notOurs.map(({ name }) => ({ kind: 'index', table: actual.name, name })),
  };
}

/** The same object, whatever the database calls it. */
export function isSameIndex(table: string, wanted: Index, found: Index, context: DiffContext): boolean {
  if (found.invalid || wanted.unique !== found.unique || wanted.parts.length !== found.parts.length) return false;
  if (!isSamePredicate(table, wanted.where, found.where, context)) return false;
  const facets = (index: Index): unknown => [index.method, index.include ?? [], index.nullsNotDistinct, index.deferrable, index.invisible];
  return isSameData(facets(wanted), facets(found)) && wanted.parts.every((part, at) => isSamePart(table, part, found.parts[at], context));
}

function isSamePart(table: string, wanted: IndexPart, found: IndexPart | undefined, { expressions }: DiffContext): boolean {
  if (!found || wanted.column !== found.column) return false;
  const facets = (part: IndexPart): unknown => [part.descending, part.nulls, part.length, part.collation, part.operatorClass];
  if (!isSameData(facets(wanted), facets(found))) return false;
  if (wanted.expression === undefined || found.expression === undefined) return wanted.expression === found.expression;
  return expressions.isSame(expressionPlace(table, 'part'), wanted.expression, found.expression);
}

function isSamePredicate(table: string, wanted: string | undefined, found: string | undefined, { expressions }: DiffContext): boolean {
  if (wanted === undefined || found === undefined) return wanted === found;
  return expressions.isSame(expressionPlace(table, 'where'), wanted, found);
}

/**
 * True for an index that the server may have made for a foreign key and would then drop, without a word, for a new one
 * that begins with the same columns. Under a name that somebody gave, it stays.
 */
function isFleeting(table: Table, found: Index, added: readonly Index[], context: DiffContext): boolean {
  const covers = (index: Index): boolean => found.parts.every(({ column }, at) => index.parts[at]?.column === column);
  return isImplied(table, found, context) && added.some(covers);
}

/** An index that a foreign key leans on belongs to it. */
function isImplied(table: Table, index: Index, { dialect }: DiffContext): boolean {
  if (!dialect.traits.impliedForeignKeyIndexes || index.unique) return false;
  return table.foreignKeys.some(({ columns }) => isSameData(columns, index.parts.map(({ column }) => column)));
}

function constraintsFirst(a: Index, b: Index): number {
  return Number(Boolean(b.constraint)) - Number(Boolean(a.constraint));
}

/** A name for what must make room; deterministic, and short enough for every database. */
function freeName(table: Table, name: string): string {
  const taken = new Set(table.indexes.map((index) => index.name));
  for (let at = 1; ; at += 1) {
    const candidate = `${name.slice(0, 50)}_old${at}`;
    if (!taken.has(candidate)) return candidate;
  }
}
