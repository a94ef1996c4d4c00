import type { Dialect } from '../dialects/dialect.ts';
import { tablesOf, type Operation, type OperationKind } from '../operations/index.ts';
import { identifierOf, tokenize } from '../schema/expression.ts';
import { parseTableKey } from '../schema/names.ts';
import type { Schema, View } from '../schema/schema.ts';

/** Kinds that a database refuses while a view uses the column. */
const blockedByViews: ReadonlySet<OperationKind> = new Set(['changeType', 'dropColumn', 'dropTable', 'changeGenerated', 'alterTable']);

/** Views that stand in the way are dropped before and made again after, as operations of the plan. */
export function addDependants(operations: readonly Operation[], actual: Schema, dialect: Pick<Dialect, 'traits' | 'lexis'>): Operation[] {
  if (!dialect.traits.viewsPinColumns) return [...operations];
  const touched = new Set(operations.filter(({ kind }) => blockedByViews.has(kind)).flatMap(tablesOf));
  if (touched.size === 0) return [...operations];
  const replaced = new Set(operations.flatMap((operation) => (operation.kind === 'replaceView' || operation.kind === 'dropView' ? [viewOf(operation).name] : [])));
  const pinned = dependentViews(actual, touched, dialect).filter(({ name }) => !replaced.has(name));
  return [
    ...pinned.toReversed().map((view): Operation => ({ kind: 'dropView', view })),
    ...operations,
    ...pinned.map((view): Operation => ({ kind: 'createView', view })),
  ];
}

/** Views that name one of the tables, or a view that does; a view comes after the ones it uses. */
function dependentViews(schema: Schema, tables: ReadonlySet<string>, { lexis }: Pick<Dialect, 'lexis'>): View[] {
  const found: View[] = [];
  const names = new Set([...tables].map((key) => parseTableKey(key).name));
  let rest = Object.values(schema.views);
  for (;;) {
    const next = rest.filter((view) => tokenize(view.definition, lexis).some((token) => names.has(identifierOf(token) ?? '')));
    if (next.length === 0) return found;
    found.push(...next);
    for (const view of next) names.add(parseTableKey(view.name).name);
    rest = rest.filter((view) => !next.includes(view));
  }
}

const viewOf = (operation: Extract<Operation, { kind: 'replaceView' | 'dropView' }>): View =>
  operation.kind === 'dropView' ? operation.view : operation.from;
