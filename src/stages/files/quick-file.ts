import type { Dialect } from '../../dialects/dialect.ts';
import type { Operation, OperationKind } from '../../operations/index.ts';
import { isPlainAddition } from '../../schema/statement-effect.ts';
import type { LoadedScript } from '../../sequence/migration-file.ts';
import type { ScriptStep } from '../../sequence/script.ts';

/** What files that share a transaction did is told apart by one rule: all of them are typed, or all of them are SQL. */
export type QuickKind = Extract<ScriptStep['kind'], 'operation' | 'statement'>;

/** The kind of the steps of a file that only changes the catalog, in a moment; absent for any other file. */
export function quickKindOf(script: LoadedScript, dialect: Dialect): QuickKind | undefined {
  if (!dialect.traits.transactionalDdl) return undefined;
  const kind = script.steps[0]?.kind;
  if (kind !== 'operation' && kind !== 'statement') return undefined;
  // What SQL before it in its batch makes is not seen before the batch has run, so that nobody could say what is there.
  if (kind === 'statement' && script.when) return undefined;
  const areQuick = script.steps.every((step) => step.kind === kind && isQuickStep(step, script, dialect));
  return areQuick ? kind : undefined;
}

function isQuickStep(step: ScriptStep, { transaction }: LoadedScript, dialect: Dialect): boolean {
  if (step.kind === 'operation') return isQuick(step.operation, dialect);
  return step.kind === 'statement' && !step.after && transaction && isPlainAddition(step.text, dialect.lexis);
}

/** True for an operation that changes the catalog alone, in a moment: many of them may share their locks. */
function isQuick(operation: Operation, { traits }: Pick<Dialect, 'traits'>): boolean {
  if (traits.rebuilds.has(operation.kind) || !quickKinds.has(operation.kind)) return false;
  if (operation.kind !== 'addColumn') return true;
  const { nullable, default: value, generated, autoIncrement } = operation.column;
  // A computed default or value is written into every row.
  const isConstant = value === undefined ? nullable : 'value' in value;
  return isConstant && !generated && !autoIncrement;
}

const quickKinds: ReadonlySet<OperationKind> = new Set([
  'createNamespace',
  'createEnum',
  'createTable',
  'addColumn',
  'setDefault',
  'setComment',
]);
