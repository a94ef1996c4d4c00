import type { DiffContext } from '../diff/index.ts';
import { identifierOf, tokenize, type Lexis } from '../schema/expression.ts';
import { entryOf } from '../schema/entry-of.ts';
import type { Schema } from '../schema/schema.ts';
import type { Operation, OperationKind } from '../operations/index.ts';
import { isAlreadySo } from './already-so.ts';
import type { LoadedScript, MigrationFile } from './migration-file.ts';
import type { ScriptStep } from './script.ts';
import { statementEffect, type Effect, type MadeObject } from '../schema/statement-effect.ts';

/** What of a file that is done is not there: the steps that would make it. */
export interface Repair {
  readonly file: MigrationFile;
  readonly script: LoadedScript;
  readonly steps: readonly ScriptStep[];
}

export interface RepairInput {
  /** Files that the log has as done, in their order. */
  readonly files: readonly { readonly file: MigrationFile; readonly script: LoadedScript }[];
  readonly actual: Schema;
  /** What the models want: they repair their own tables. */
  readonly desired: Schema;
  readonly context: DiffContext;
}

/**
 * Looks for everything that files which are done have made and no later one took away, and that is not there. Only what
 * adds something, and only where its words or its type tell what it makes. Pure.
 */
export function findRepairs({ files, actual, desired, context }: RepairInput): readonly Repair[] {
  const { lexis } = context.dialect;
  const steps = files.flatMap(({ file, script }) => script.steps.map((step) => ({ file, script, step })));
  const wanted = steps.filter(({ step }, at) => {
    const effect = effectOf(step, lexis);
    if (!effect || !('makes' in effect) || isMadeByModels(effect.makes, desired)) return false;
    if (steps.slice(at + 1).some((other) => mayDrop(other.step, effect.makes, lexis))) return false;
    const later = steps.slice(at + 1).flatMap((other) => effectOf(other.step, lexis) ?? []);
    return (
      !later.some((other) => 'drops' in other && isPartOf(effect.makes, other.drops)) &&
      isMissing(step, effect.makes, actual, context)
    );
  });
  return files.flatMap(({ file, script }) => {
    const own = wanted.filter((item) => item.file === file).map(({ step }) => step);
    return own.length === 0 ? [] : [{ file, script, steps: own }];
  });
}

/** True where what a statement makes is there already; false also where its words do not tell. */
export function isMadeAlready(text: string, schema: Schema, lexis: Lexis): boolean {
  const effect = statementEffect(text, lexis);
  return effect !== undefined && 'makes' in effect && isThere(effect.makes, schema);
}

/** True for a statement that makes one thing and nothing else, or rows alone. */
export function onlyMakes(text: string, lexis: Lexis): boolean {
  const effect = statementEffect(text, lexis);
  return effect ? 'makes' in effect : firstWord(text, lexis) === 'insert';
}

/** A change whose words do not tell its effect, and that names the object, may have taken it away. */
function mayDrop(step: ScriptStep, { table }: MadeObject, lexis: Lexis): boolean {
  if (step.kind !== 'statement' || statementEffect(step.text, lexis)) return step.kind === 'call';
  if (!['alter', 'drop', 'rename', 'exec', 'execute', 'call', 'do'].includes(firstWord(step.text, lexis))) return false;
  const names = tokenize(step.text, lexis).flatMap((token) => identifierOf(token)?.toLowerCase() ?? []);
  return names.includes(table.toLowerCase()) || !['alter', 'rename'].includes(firstWord(step.text, lexis));
}

function firstWord(text: string, lexis: Lexis): string {
  return (
    tokenize(text.slice(0, 4000), lexis)
      .find(({ kind }) => kind !== 'comment')
      ?.text.toLowerCase() ?? ''
  );
}

function effectOf(step: ScriptStep, lexis: Lexis): Effect | undefined {
  if (step.kind === 'statement') return statementEffect(step.text, lexis);
  return step.kind === 'operation' ? effectOfOperation(step.operation) : undefined;
}

function effectOfOperation(operation: Operation): Effect | undefined {
  switch (operation.kind) {
    case 'createTable':
      return { makes: { table: operation.table.name } };
    case 'addColumn':
      return { makes: { table: operation.table, column: operation.column.name } };
    case 'addIndex':
      return { makes: { table: operation.table, index: operation.index.name } };
    case 'dropTable':
      return { drops: { table: operation.table.name } };
    case 'renameTable':
      return { drops: { table: operation.from } };
    case 'dropColumn':
      return { drops: { table: operation.table, column: operation.column.name } };
    case 'renameColumn':
      return { drops: { table: operation.table, column: operation.from } };
    case 'dropIndex':
      return { drops: { table: operation.table, index: operation.index.name } };
    default:
      return addsMore.has(operation.kind) && 'table' in operation && typeof operation.table === 'string'
        ? { makes: { table: operation.table } }
        : undefined;
  }
}

/** Kinds that add something to a table and are found by comparing. */
const addsMore: ReadonlySet<OperationKind> = new Set(['addForeignKey', 'addCheck', 'addPrimaryKey']);

function isMadeByModels({ table }: MadeObject, { tables }: Schema): boolean {
  return entryOf(tables, table) !== undefined;
}

function isMissing(step: ScriptStep, object: MadeObject, schema: Schema, context: DiffContext): boolean {
  return step.kind === 'operation' ? !isAlreadySo(step.operation, schema, context) : !isThere(object, schema);
}

function isThere({ table, column, index }: MadeObject, { tables }: Schema): boolean {
  const found = entryOf(tables, table);
  if (!found) return false;
  if (column !== undefined) return entryOf(found.columns, column) !== undefined;
  return index === undefined || found.indexes.some(({ name }) => name === index);
}

function isPartOf(object: MadeObject, whole: MadeObject): boolean {
  if (object.table !== whole.table) return false;
  const isWholeTable = whole.column === undefined && whole.index === undefined;
  return isWholeTable || (object.column === whole.column && object.index === whole.index);
}
