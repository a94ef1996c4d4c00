import { expressionPlace, spellings, type Spelling } from '../diff/expressions.ts';
import { tablesOf, type Operation } from '../operations/index.ts';
import { isSameData } from '../schema/canonical.ts';
import { entryOf } from '../schema/entry-of.ts';
import type { Schema, View } from '../schema/schema.ts';
import { deriveOperations } from './look-around.ts';
import type { StepContext } from './run-step.ts';

/** The touched tables as the catalog has them now, and how it respelled what was written. */
export async function lookAgain(
  operation: Operation,
  expected: Schema,
  { session, dialect, inspectAll, draft, schema: before }: StepContext,
): Promise<{ schema: Schema; learned: Spelling[]; derived?: readonly Operation[] }> {
  if (operation.kind === 'rawSql') {
    const schema = await inspectAll();
    return { schema, learned: [], derived: deriveOperations(before, schema, { dialect }) };
  }
  if (draft) {
    const tables = isSaidAsWritten(operation, dialect) ? draft.assumed : draft.touched;
    for (const name of tablesOf(operation)) tables.add(name);
    return { schema: expected, learned: [] };
  }
  const tables = tablesOf(operation).filter((name) => entryOf(expected.tables, name));
  if (tables.length === 0 && !('view' in operation) && operation.kind !== 'replaceView')
    return { schema: expected, learned: [] };
  const live = await dialect.inspect(session, { tables: [...tables, ...Object.keys(expected.views)] });
  const learned = tables.flatMap((name) => {
    const [wanted, found] = [entryOf(expected.tables, name), entryOf(live.tables, name)];
    return wanted && found ? spellings(wanted, found) : [];
  });
  const views = Object.entries(expected.views).map(
    ([name, view]) => [name, entryOf(live.views, name) ?? view] as const,
  );
  const respelled = Object.values(expected.views).flatMap((view) =>
    viewSpelling(view, entryOf(live.views, view.name), madeView(operation) === view.name),
  );
  const found = Object.fromEntries(Object.entries(live.tables).filter(([name]) => tables.includes(name)));
  return {
    schema: { ...expected, tables: { ...expected.tables, ...found }, views: Object.fromEntries(views) },
    learned: [...learned, ...respelled],
  };
}

/** True where nothing is to be learned from a look: no expression or type that the catalog may respell, no name that it gives. */
function isSaidAsWritten(operation: Operation, { types }: Pick<StepContext['dialect'], 'types'>): boolean {
  if (operation.kind === 'setComment') return true;
  if (operation.kind !== 'addColumn') return false;
  const { type, default: value, generated } = operation.column;
  return !value && !generated && isSameData(types.read(types.write(type)), type);
}

/** What the catalog made of a view's text. The text of a view just made is kept even where it came back as it was: it tells a later edit by hand. */
function viewSpelling({ name, definition: wrote }: View, found: View | undefined, isMade: boolean): Spelling[] {
  const reported = found?.definition;
  if (reported === undefined || (reported === wrote && !isMade)) return [];
  return [{ object: expressionPlace(name, 'view'), wrote, reported }];
}

function madeView(operation: Operation): string | undefined {
  if (operation.kind === 'createView') return operation.view.name;
  return operation.kind === 'replaceView' ? operation.to.name : undefined;
}
