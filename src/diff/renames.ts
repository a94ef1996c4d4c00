import { applyRenamed, type Rename } from '../operations/apply-renamed.ts';
import { applyOperation } from '../operations/index.ts';
import type { Lexis } from '../schema/expression.ts';
import type { Column, Schema } from '../schema/schema.ts';
import type { DiffContext, Renames } from './context.ts';
import type { Difference, ObjectRef, PossibleRename } from './difference.ts';
import { entryOf } from '../schema/entry-of.ts';

/** The declared renames that still have to happen, the schema after them, and the ones that cannot be decided. */
export function applyRenames(
  actual: Schema,
  renames: Renames,
  lexis: Lexis,
): { readonly operations: Rename[]; readonly schema: Schema; readonly questions: string[] } {
  const operations: Rename[] = [];
  const questions: string[] = [];
  for (const [to, from] of Object.entries(renames.tables)) {
    if (!entryOf(actual.tables, from)) continue;
    if (entryOf(actual.tables, to))
      questions.push(
        `both ${from} and ${to} exist, and ${to} is declared as renamed from ${from}: move the rows and drop one of them`,
      );
    else operations.push({ kind: 'renameTable', from, to });
  }
  let schema = operations.reduce<Schema>(applyOperation, actual);
  for (const [table, columns] of Object.entries(renames.columns)) {
    for (const [to, from] of Object.entries(columns)) {
      const found = entryOf(schema.tables, table)?.columns;
      if (from === false || !found || !entryOf(found, from)) continue;
      if (entryOf(found, to))
        questions.push(
          `${table} has both ${from} and ${to}, and ${to} is declared as renamed from ${from}: move the values and drop one of them`,
        );
      else operations.push({ kind: 'renameColumn', table, from, to });
    }
  }
  schema = operations.reduce((before, rename) => applyRenamed(before, rename, lexis), actual);
  return { operations, schema, questions };
}

/**
 * Drop and add of one type in one table might be a rename: a question, never a guess. A column that is not ours stays
 * whatever is answered, so only a person is asked about one.
 */
export function ambiguousRenames(
  { changes, notOurs }: Pick<Difference, 'changes' | 'notOurs'>,
  actual: Schema,
  { dialect, renames }: Pick<DiffContext, 'dialect' | 'renames'>,
): PossibleRename[] {
  const dropped = changes.filter((change) => change.kind === 'dropColumn');
  const strangers = renames.asksOfStrangers ? columnsOf(notOurs, actual) : [];
  const adds = changes.filter((change) => change.kind === 'addColumn');
  return [...dropped, ...strangers].flatMap(({ table, column }) =>
    adds
      .filter((add) => add.table === table && entryOf(entryOf(renames.columns, table), add.column.name) === undefined)
      .filter((add) => dialect.types.same(column.type, add.column.type))
      .map((add) => ({ table, from: column, to: add.column })),
  );
}

function columnsOf(
  objects: readonly ObjectRef[],
  actual: Schema,
): readonly { readonly table: string; readonly column: Column }[] {
  return objects.flatMap(({ kind, table, name }) => {
    const column =
      kind === 'column' && table !== undefined ? entryOf(entryOf(actual.tables, table)?.columns, name) : undefined;
    return table !== undefined && column ? [{ table, column }] : [];
  });
}

/** The question in words, with the option that answers it. */
export function askRename({ table, from, to }: PossibleRename): string {
  const option = `tables.${table}.columns.${to.name}.renamedFrom`;
  return `${table}: was ${from.name} renamed to ${to.name}, or is ${to.name} a new column? Say in the options ${option}: "${from.name}", or ${option}: false`;
}
