import { writeOperation, type Dialect } from '../dialects/dialect.ts';
import { MigrateError } from '../errors.ts';
import { asFound } from '../operations/as-found.ts';
import { applyOperation, describeOperation, undoOperation, type Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import { classify } from './classify.ts';
import type { Blocked, PlanStep } from './plan-file.ts';
import { presumedDrops } from './presumed-drops.ts';

/** One event and the operations that take it back. */
export interface Undoing {
  readonly undoes: number;
  readonly migration: string;
  readonly operations: readonly Operation[];
  /** Code of an author's takes it back: the effects are what that will presumably do. */
  readonly byCode?: true;
  /** What SQL or code of an author's will do to the schema, as far as that is known; what the operations say where absent. */
  readonly effects?: readonly Operation[];
}

/** A step, and the schema as it will be just before it. */
export interface PlacedStep {
  readonly step: PlanStep;
  readonly before: Schema;
  /** It is no step: SQL or code of an author's will presumably do so. */
  readonly presumed?: true;
}

/** A rollback, written out. */
export interface WrittenRollback {
  readonly placed: readonly PlacedStep[];
  readonly blocked: readonly Blocked[];
  /** The events whose way back is SQL of which nobody can say what it removes. */
  readonly unclear: ReadonlySet<number>;
}

/** Writes out a rollback for one database; what the database cannot do is blocked. Pure. */
export function writeRollback(undoings: readonly Undoing[], actual: Schema, dialect: Dialect): WrittenRollback {
  const placed: PlacedStep[] = [];
  const blocked: Blocked[] = [];
  const unclear = new Set<number>();
  let schema = actual;
  for (const undoing of undoings) {
    const before = schema;
    const presume = (wanted: Operation): void => {
      const operation = asFound(wanted, schema);
      const step = describeStep(operation, { undoing, at: 0, id: `p${placed.length + 1}` });
      const presumed = { ...step, class: classify(operation, schema, dialect), sql: [] };
      placed.push({ step: presumed, before: schema, presumed: true });
      schema = applyOperation(schema, operation);
    };
    const isUnclear = undoing.operations.some(
      (operation) => operation.kind === 'rawSql' && !presumedDrops(operation, schema, dialect),
    );
    if (isUnclear) unclear.add(undoing.undoes);
    if (undoing.byCode || isUnclear) for (const effect of undoing.effects ?? []) presume(effect);
    if (isUnclear) schema = before;
    for (const [at, wanted] of undoing.operations.entries()) {
      if (wanted.kind === 'rawSql' && !isUnclear)
        for (const drop of presumedDrops(wanted, schema, dialect) ?? []) presume(drop);
      const operation = asFound(wanted, schema);
      const step = describeStep(operation, { undoing, at, id: `r${placed.filter(isReal).length + 1}` });
      const { sql, problem } = write(operation, schema, dialect);
      if (problem) blocked.push({ ...problem, step: step.id });
      placed.push({ step: { ...step, class: classify(operation, schema, dialect), sql }, before: schema });
      schema = applyOperation(schema, operation);
    }
    if (undoing.effects?.length) schema = undoing.effects.reduce(applyOperation, before);
  }
  return { placed, blocked, unclear };
}

const isReal = ({ presumed }: PlacedStep): boolean => !presumed;

function write(
  operation: Operation,
  schema: Schema,
  dialect: Dialect,
): { readonly sql: readonly string[]; readonly problem?: Blocked } {
  try {
    return { sql: writeOperation(dialect, operation, schema).map(({ text }) => text) };
  } catch (error) {
    if (!(error instanceof MigrateError)) throw error;
    return { sql: [], problem: { code: error.code, message: `${describeOperation(operation)}: ${error.message}` } };
  }
}

function describeStep(
  operation: Operation,
  { undoing, at, id }: { readonly undoing: Undoing; readonly at: number; readonly id: string },
): Omit<PlanStep, 'class' | 'sql'> {
  return {
    id,
    migration: undoing.migration,
    operation,
    summary: describeOperation(operation),
    undo: undoOperation(operation),
    risks: [],
    needs: [],
    undoes: undoing.undoes,
    ...(at < undoing.operations.length - 1 && { part: true }),
  };
}
