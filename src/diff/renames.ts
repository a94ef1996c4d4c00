import { applyRenamed, type Rename } from '../operations/apply-renamed.ts';
import { applyOperation, type Operation } from '../operations/index.ts';
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

/** Drop and add of one type in one table might be a rename: a question, never a guess. */
export function ambiguousRenames(changes: readonly Operation[], context: Naming): PossibleRename[] {
  const drops = changes.filter((change) => change.kind === 'dropColumn');
  return pairs(drops, changes, context);
}

/** The same of columns that are not ours: they stay, whatever is answered. */
export function renamesOfStrangers(
  { changes, notOurs }: Pick<Difference, 'changes' | 'notOurs'>,
  actual: Schema,
  context: Naming,
): PossibleRename[] {
  return pairs(columnsOf(notOurs, actual), changes, context);
}

type Naming = Pick<DiffContext, 'dialect' | 'renames'>;

interface Placed {
  readonly table: string;
  readonly column: Column;
}

function pairs(gone: readonly Placed[], changes: readonly Operation[], { dialect, renames }: Naming): PossibleRename[] {
  const adds = changes.filter((change) => change.kind === 'addColumn');
  return gone.flatMap(({ table, column }) =>
    adds
      .filter((add) => add.table === table && entryOf(entryOf(renames.columns, table), add.column.name) === undefined)
      .filter((add) => dialect.types.same(column.type, add.column.type))
      .map((add) => ({ table, from: column, to: add.column })),
  );
}

function columnsOf(objects: readonly ObjectRef[], actual: Schema): readonly Placed[] {
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
