import type { Operation } from '../operations/index.ts';
import { replacing } from '../operations/replace-view.ts';
import { parseTableKey } from '../schema/names.ts';
import type { EnumType, Schema, Table, View } from '../schema/schema.ts';
import type { DiffContext } from './context.ts';
import { joinDifferences, type Difference } from './difference.ts';
import { expressionPlace } from './expressions.ts';
import { ambiguousRenames, applyRenames, askRename, renamesOfStrangers } from './renames.ts';
import { diffTable } from './tables.ts';
import { freeTakenNames } from './taken-names.ts';
import { entryOf } from '../schema/entry-of.ts';

export type { DiffContext, Renames } from './context.ts';
export { describeObject, type Difference, type ObjectRef, type PossibleRename } from './difference.ts';

/** What stands between the actual and the desired schema. Pure; the order is for the plan to find. */
export function diffSchemas(desired: Schema, actual: Schema, given: DiffContext): Difference {
  const renamed = applyRenames(actual, given.renames, given.dialect.lexis);
  const context = { ...given, isOurs: throughRenames(given.isOurs, renamed.operations) };
  const tables = Object.values(desired.tables).map((table): Partial<Difference> => {
    const found = entryOf(renamed.schema.tables, table.name);
    return found ? diffTable(table, found, context) : { changes: createWhole(table) };
  });
  const difference = joinDifferences([
    { changes: renamed.operations, questions: renamed.questions },
    { changes: missingNamespaces(desired, actual, context) },
    diffEnums(desired, renamed.schema, context),
    ...tables,
    surplusTables(desired, renamed.schema, context),
    diffViews(desired, renamed.schema, context),
  ]);
  const freed = freeTakenNames(difference.changes, renamed.schema, context);
  const strangers = renamesOfStrangers(difference, renamed.schema, context);
  const isAsked = context.renames.asksOfStrangers === true;
  const possibleRenames = [...ambiguousRenames(difference.changes, context), ...(isAsked ? strangers : [])];
  return {
    ...difference,
    changes: [...freed, ...difference.changes],
    questions: [...difference.questions, ...possibleRenames.map(askRename)],
    possibleRenames,
    perhapsRenamed: isAsked ? [] : strangers,
  };
}

/** The log knows the objects of a table under the name that it still has. */
function throughRenames(isOurs: DiffContext['isOurs'], renames: readonly Operation[]): DiffContext['isOurs'] {
  const former = new Map(
    renames.flatMap((rename) => (rename.kind === 'renameTable' ? [[rename.to, rename.from]] : [])),
  );
  return (object) => {
    const table = object.table === undefined ? undefined : former.get(object.table);
    return isOurs(table === undefined ? object : { ...object, table });
  };
}

function createWhole(table: Table): Operation[] {
  const triggers = table.triggers.map((trigger): Operation => ({ kind: 'createTrigger', table: table.name, trigger }));
  return [{ kind: 'createTable', table: { ...table, triggers: [] } }, ...triggers];
}

function surplusTables(desired: Schema, actual: Schema, context: DiffContext): Partial<Difference> {
  const surplus = Object.values(actual.tables).filter(({ name }) => !entryOf(desired.tables, name));
  const ours = surplus.filter(({ name }) => context.isOurs({ kind: 'table', name }));
  return {
    changes: ours.map((table): Operation => ({ kind: 'dropTable', table })),
    notOurs: surplus.filter((table) => !ours.includes(table)).map(({ name }) => ({ kind: 'table', name })),
  };
}

function missingNamespaces(desired: Schema, actual: Schema, { dialect }: DiffContext): Operation[] {
  if (dialect.traits.defaultNamespace === undefined) return [];
  const keys = [desired.tables, desired.views, desired.enums].flatMap(Object.keys);
  const wanted = new Set(keys.flatMap((key) => parseTableKey(key).namespace ?? []));
  return [...wanted]
    .filter((namespace) => !actual.namespaces?.includes(namespace))
    .toSorted()
    .map((namespace) => ({ kind: 'createNamespace', namespace }));
}

function diffEnums(desired: Schema, actual: Schema, context: DiffContext): Partial<Difference> {
  const wanted = Object.values(desired.enums).flatMap((item): Operation[] => {
    const found = entryOf(actual.enums, item.name);
    if (!found) return [{ kind: 'createEnum', enum: item }];
    return isSameValues(item, found)
      ? []
      : [{ kind: 'alterEnum', name: item.name, from: found.values, to: item.values }];
  });
  const surplus = Object.values(actual.enums).filter(({ name }) => !entryOf(desired.enums, name));
  const ours = surplus.filter(({ name }) => context.isOurs({ kind: 'enum', name }));
  return {
    changes: [...wanted, ...ours.map((item): Operation => ({ kind: 'dropEnum', enum: item }))],
    notOurs: surplus.filter((item) => !ours.includes(item)).map(({ name }) => ({ kind: 'enum', name })),
  };
}

function diffViews(desired: Schema, actual: Schema, context: DiffContext): Partial<Difference> {
  const isSame = (a: View, b: View): boolean =>
    a.materialized === b.materialized &&
    context.expressions.isSame(expressionPlace(a.name, 'view'), a.definition, b.definition);
  const wanted = Object.values(desired.views).flatMap((view): Operation[] => {
    const found = entryOf(actual.views, view.name);
    if (!found) return [{ kind: 'createView', view }];
    return isSame(view, found) ? [] : [replacing(found, view)];
  });
  const surplus = Object.values(actual.views).filter(({ name }) => !entryOf(desired.views, name));
  const ours = surplus.filter(({ name }) => context.isOurs({ kind: 'view', name }));
  return {
    changes: [...wanted, ...ours.map((view): Operation => ({ kind: 'dropView', view }))],
    notOurs: surplus.filter((view) => !ours.includes(view)).map(({ name }) => ({ kind: 'view', name })),
  };
}

const isSameValues = (a: EnumType, b: EnumType): boolean =>
  a.values.length === b.values.length && a.values.every((value, at) => value === b.values[at]);
