import type { DiffContext } from '../diff/index.ts';
import { diffSchemas } from '../diff/index.ts';
import { partsOf } from '../operations/alter-table.ts';
import { applyOperation, describeOperation, tablesOf, type Operation, type OperationOf } from '../operations/index.ts';
import { isNeededBy } from '../plan/needs.ts';
import type { Blocked } from '../plan/plan-file.ts';
import { isSameData } from '../schema/canonical.ts';
import { entryOf } from '../schema/entry-of.ts';
import { displayTable } from '../schema/names.ts';
import type { Schema, Table } from '../schema/schema.ts';
import { isAlreadySo } from './already-so.ts';
import type { OperationStep } from './script.ts';

/** What becomes of one operation of a file on this database. */
export type Resolved =
  | { readonly as: 'run'; readonly operation: Operation }
  | { readonly as: 'skip'; readonly operation: Operation; readonly because: string }
  | { readonly as: 'blocked'; readonly operation: Operation; readonly problem: Blocked };

export interface ResolveInput {
  readonly steps: readonly OperationStep[];
  readonly from?: Schema | undefined;
  readonly to?: Schema | undefined;
  readonly actual: Schema;
  readonly desired: Schema;
  readonly context: DiffContext;
  /** What the log has as done of this file, which a crash or an error has stopped. */
  readonly logged?: readonly Operation[];
}

/**
 * Decides for each operation of a file whether it is still to run: a database may be where the file leads already, behind
 * it, or between two of its operations. Pure; what cannot be decided is blocked, never guessed.
 */
export function resolveOperations(input: ResolveInput): readonly Resolved[] {
  const { steps, from, to, actual, logged = [] } = input;
  const wholeIsSo = to !== undefined && isAsIn(to, from, input);
  const isLogged = takeOnce(logged.flatMap(partsOf));
  let schema = actual;
  return steps.map((step, at) => {
    if (isLogged(step)) return { as: 'skip', operation: step.operation, because: 'the log says that it is done' };
    if (wholeIsSo) return { as: 'skip', operation: step.operation, because: 'the database is already as it leads to' };
    const later = steps.slice(at + 1).map(({ operation }) => operation);
    const resolved = resolveOne(step, { ...input, schema, later });
    if (resolved.as === 'run') schema = applyOperation(schema, resolved.operation);
    return resolved;
  });
}

interface Moment extends ResolveInput {
  readonly schema: Schema;
  /** The operations of the file that come after. */
  readonly later: readonly Operation[];
}

function resolveOne(step: OperationStep, moment: Moment): Resolved {
  const { schema, context, later } = moment;
  const operation = withRename(step, schema, context);
  const skip = (because: string): Resolved => ({ as: 'skip', operation, because });
  const both = bothNames(operation, schema) ?? bothNames(asRename(step), schema);
  if (both !== undefined) return blocked(operation, both);
  if (isAlreadySo(operation, schema, context)) return skip('it is so already');
  const overtaken = later.some((other) => isNeededBy(operation, other) && isAlreadySo(other, schema, context));
  if (overtaken) return skip('a later change of the file has happened already');
  const absent = missingObject(operation, moment);
  if (!absent) return { as: 'run', operation };
  const name = [displayTable(absent.table), ...(absent.column === undefined ? [] : [absent.column])].join('.');
  if (isLeftToModels(operation, absent, moment.desired))
    return skip(`${name} does not exist yet: the models create it`);
  return blocked(operation, `${name} does not exist`);
}

/** What the models make they make after the files, and with all that belongs to it. */
function isLeftToModels(operation: Operation, absent: Missing, desired: Schema): boolean {
  const isOwn = operation.kind !== 'createTable' || isInModels({ table: operation.table.name }, desired);
  return isOwn && isInModels(absent, desired);
}

/** Says whether a step is among those that are done, each of which counts for one step. */
function takeOnce(logged: readonly Operation[]): (step: OperationStep) => boolean {
  const left = [...logged];
  return (step) => {
    const forms = [step.operation, asRename(step)];
    const at = left.findIndex((done) => forms.some((form) => form && isSameData(form, done)));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
}

/** True where everything that a file names, before or after it, is as it leaves it. */
function isAsIn(wanted: Schema, from: Schema | undefined, { actual, context }: ResolveInput): boolean {
  if (Object.keys(wanted.tables).length === 0) return false;
  const named = <T>(part: (schema: Schema) => Readonly<Record<string, T>>): Readonly<Record<string, T>> => {
    const names = new Set([wanted, ...(from ? [from] : [])].flatMap((schema) => Object.keys(part(schema))));
    return Object.fromEntries(Object.entries(part(actual)).filter(([name]) => names.has(name)));
  };
  const live: Schema = {
    ...wanted,
    tables: named(({ tables }) => tables),
    views: named(({ views }) => views),
    enums: named(({ enums }) => enums),
  };
  return diffSchemas(wanted, live, { ...context, isOurs: () => true }).changes.length === 0;
}

/** An addition that its author declared as renamed is a rename where the old name is there and the new one is not. */
function withRename(step: OperationStep, schema: Schema, context: DiffContext): Operation {
  const rename = asRename(step);
  return rename && !isAlreadySo(step.operation, schema, context) && hasOldName(rename, schema)
    ? rename
    : step.operation;
}

type Rename = OperationOf<'renameTable' | 'renameColumn'>;

function asRename({ operation, renamedFrom: from }: OperationStep): Rename | undefined {
  if (from === undefined) return undefined;
  if (operation.kind === 'createTable') return { kind: 'renameTable', from, to: operation.table.name };
  if (operation.kind !== 'addColumn') return undefined;
  return { kind: 'renameColumn', table: operation.table, from, to: operation.column.name };
}

function hasOldName(rename: Rename, { tables }: Schema): boolean {
  if (rename.kind === 'renameTable') return entryOf(tables, rename.from) !== undefined;
  return entryOf(entryOf(tables, rename.table)?.columns, rename.from) !== undefined;
}

/** A rename between two names that are both there: only a person knows whose rows count. */
function bothNames(operation: Operation | undefined, { tables }: Schema): string | undefined {
  if (operation?.kind === 'renameTable')
    return entryOf(tables, operation.from) && entryOf(tables, operation.to)
      ? `both ${displayTable(operation.from)} and ${displayTable(operation.to)} exist: move the rows and drop one of them`
      : undefined;
  if (operation?.kind !== 'renameColumn') return undefined;
  const columns = entryOf(tables, operation.table)?.columns;
  return entryOf(columns, operation.from) && entryOf(columns, operation.to)
    ? `${displayTable(operation.table)} has both ${operation.from} and ${operation.to}: move the values and drop one of them`
    : undefined;
}

interface Missing {
  readonly table: string;
  readonly column?: string;
}

/** The table or column that an operation changes and that is not there. */
function missingObject(operation: Operation, moment: Moment): Missing | undefined {
  const { tables } = moment.schema;
  if (operation.kind === 'createTable') return missingTarget(operation.table, moment);
  if (operation.kind === 'rawSql') return undefined;
  const needed = operation.kind === 'renameTable' ? [operation.from] : tablesOf(operation);
  const table = needed.find((name) => !entryOf(tables, name));
  if (table !== undefined) return { table };
  const column = changedColumn(operation);
  const of = needed[0] ?? '';
  return column === undefined || entryOf(entryOf(tables, of)?.columns, column) ? undefined : { table: of, column };
}

/** What a foreign key of a new table refers to and that is not there; a later operation may make it where the database lets it. */
function missingTarget({ name, foreignKeys }: Table, { schema, later, context }: Moment): Missing | undefined {
  const made = context.dialect.traits.foreignKeysNeedTarget ? [] : later.flatMap(partsOf);
  const isComing = ({ table }: Missing): boolean =>
    made.some((operation) => operation.kind === 'createTable' && operation.table.name === table);
  const needed = foreignKeys
    .filter(({ references }) => references.table !== name)
    .flatMap(({ references: { table, columns } }): Missing[] =>
      entryOf(schema.tables, table) ? columns.map((column) => ({ table, column })) : [{ table }],
    );
  const isThere = ({ table, column }: Missing): boolean =>
    column !== undefined && entryOf(entryOf(schema.tables, table)?.columns, column) !== undefined;
  return needed.find((missing) => !isThere(missing) && !isComing(missing));
}

function changedColumn(operation: Operation): string | undefined {
  if (operation.kind === 'renameColumn') return operation.from;
  return 'column' in operation && typeof operation.column === 'string' ? operation.column : undefined;
}

function isInModels({ table, column }: Missing, { tables }: Schema): boolean {
  const model = entryOf(tables, table);
  return column === undefined ? model !== undefined : entryOf(model?.columns, column) !== undefined;
}

function blocked(operation: Operation, why: string): Resolved {
  return {
    as: 'blocked',
    operation,
    problem: { code: 'ANSWER_NEEDED', message: `${describeOperation(operation)}: ${why}` },
  };
}
