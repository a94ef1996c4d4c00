import type { Dialect } from '../dialects/dialect.ts';
import type { TableChange } from '../operations/alter-table.ts';
import type { Operation, OperationOf } from '../operations/index.ts';
import { entryOf } from '../schema/entry-of.ts';
import { identifierOf, tokenize } from '../schema/expression.ts';
import type { Index, Schema } from '../schema/schema.ts';

/**
 * Where the type of a column and what is generated from it change together, neither can come first: the generated column
 * goes, the type changes, the new one is made, with its indexes, as one operation.
 */
export function joinGenerated(
  operations: readonly Operation[],
  actual: Schema,
  { traits, lexis }: Pick<Dialect, 'traits' | 'lexis'>,
): Operation[] {
  if (!traits.generatedPinsSource) return [...operations];
  const types = operations.filter((operation) => operation.kind === 'changeType');
  const named = (operation: OperationOf<'changeGenerated'>): string[] =>
    [operation.before, operation.after].flatMap(({ generated }) =>
      tokenize(generated?.expression ?? '', lexis).flatMap((token) => identifierOf(token) ?? []),
    );
  const joined = operations.flatMap((operation) => {
    if (operation.kind !== 'changeGenerated' || !operation.before.generated || !operation.after.generated) return [];
    const sources = types.filter(({ table, column }) => table === operation.table && named(operation).includes(column));
    return sources.length > 0 ? [{ operation, sources }] : [];
  });
  const tables = new Set(joined.map(({ operation }) => operation.table));
  const together = [...tables].map((table): Operation => {
    const own = joined.filter(({ operation }) => operation.table === table);
    const sources = types.filter((type) => own.some((item) => item.sources.includes(type)));
    return {
      kind: 'alterTable',
      table,
      changes: changesOf(
        table,
        own.map((item) => item.operation),
        sources,
        actual,
      ),
    };
  });
  const gone = new Set<Operation>(joined.flatMap(({ operation, sources }) => [operation, ...sources]));
  return [...together, ...operations.filter((operation) => !gone.has(operation))];
}

function changesOf(
  table: string,
  generated: readonly OperationOf<'changeGenerated'>[],
  types: readonly OperationOf<'changeType'>[],
  actual: Schema,
): TableChange[] {
  const names = generated.map(({ before }) => before.name);
  const isOver = ({ parts, include }: Index): boolean =>
    parts.some(({ column }) => names.includes(column ?? '')) || (include ?? []).some((name) => names.includes(name));
  const indexes = (entryOf(actual.tables, table)?.indexes ?? []).filter(isOver);
  return [
    ...indexes.map((index) => ({ kind: 'dropIndex', table, index }) as const),
    ...generated.map(({ before }) => ({ kind: 'dropColumn', table, column: before }) as const),
    ...types,
    ...generated.map(({ after }) => ({ kind: 'addColumn', table, column: after }) as const),
    ...indexes.map((index) => ({ kind: 'addIndex', table, index }) as const),
  ];
}
