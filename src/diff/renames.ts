import { applyOperation, type Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { Renames } from './context.ts';

/** The declared renames that still have to happen, the schema after them, and the ones that cannot be decided. */
export function applyRenames(actual: Schema, renames: Renames): { readonly operations: Operation[]; readonly schema: Schema; readonly questions: string[] } {
  const operations: Operation[] = [];
  const questions: string[] = [];
  for (const [to, from] of Object.entries(renames.tables)) {
    if (!actual.tables[from]) continue;
    if (actual.tables[to]) questions.push(`both ${from} and ${to} exist, and ${to} is declared as renamed from ${from}: move the rows and drop one of them`);
    else operations.push({ kind: 'renameTable', from, to });
  }
  let schema = operations.reduce(applyOperation, actual);
  for (const [table, columns] of Object.entries(renames.columns)) {
    for (const [to, from] of Object.entries(columns)) {
      const found = schema.tables[table]?.columns;
      if (!found?.[from]) continue;
      if (found[to]) questions.push(`${table} has both ${from} and ${to}, and ${to} is declared as renamed from ${from}: move the values and drop one of them`);
      else operations.push({ kind: 'renameColumn', table, from, to });
    }
  }
  schema = operations.reduce(applyOperation, actual);
  return { operations, schema, questions };
}

/** Drop and add of one type in one table might be a rename: a question, never a guess. */
export function ambiguousRenames(changes: readonly Operation[], isSameType: (a: Operation, b: Operation) => boolean): string[] {
  const drops = changes.filter((change) => change.kind === 'dropColumn');
  const adds = changes.filter((change) => change.kind === 'addColumn');
  return drops.flatMap((drop) =>
    adds
      .filter((add) => add.table === drop.table && isSameType(drop, add))
      .map((add) => `${drop.table}: was ${drop.column.name} renamed to ${add.column.name}, or is that a new column? Say \`renamedFrom\` in the options, or answer in the terminal UI`),
  );
}
