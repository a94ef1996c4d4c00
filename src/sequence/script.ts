import type { PostCondition } from '../history/event.ts';
import type { Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { MigrationContext } from './migration-context.ts';

/** What one migration file does on one database: read once, run step by step. */
export interface Script {
  readonly description?: string;
  /** It fills tables rather than making them: it runs after the models where these build an empty database. */
  readonly data?: true;
  /** It has a meaning only where this exists. */
  readonly when?: When;
  /** False where its statements must not share a transaction. */
  readonly transaction: boolean;
  readonly steps: readonly ScriptStep[];
  /** The way back of the whole file, as statements; absent where its author gave none or operations know it. */
  readonly down?: readonly StatementStep[];
  /** The tables that its operations touch, before and after: how a database is known that was already there. */
  readonly from?: Schema;
  readonly to?: Schema;
}

/** A table or a column that must be there (or must not) for a file to mean anything. */
export interface When {
  /** `monitors`, or `monitors.arrest_date`. */
  readonly exists?: string;
  readonly missing?: string;
}

export type ScriptStep = OperationStep | StatementStep | ExpectStep | CallStep;

/** A typed operation, the same on every database. */
export interface OperationStep {
  readonly kind: 'operation';
  readonly operation: Operation;
  /** The old name of what it adds: renamed instead where the old one is there and the new one is not. */
  readonly renamedFrom?: string;
}

/** One statement of SQL as its author wrote it. */
export interface StatementStep {
  readonly kind: 'statement';
  readonly text: string;
  /** Where it begins in its file, from 1. */
  readonly place?: Place;
  /** What must hold once it has run: it also settles the statement after a crash. */
  readonly after?: Expectation;
  readonly declared: DeclaredClass;
  /** What it does, for people; the text itself where absent. */
  readonly summary?: string;
  /** The way back, where its author gave one for it alone; none (`[]`) where that of a later step takes it back too. */
  readonly down?: readonly string[];
}

/** A query that must find rows, or none, before what comes after it runs. */
export interface ExpectStep {
  readonly kind: 'expect';
  readonly expectation: Expectation;
}

/** Code of the author's that runs statements by itself. */
export interface CallStep {
  readonly kind: 'call';
  readonly run: (context: MigrationContext) => Promise<void>;
  readonly undo?: (context: MigrationContext) => Promise<void>;
  /** What must hold once it has run: it also settles after a crash what it wrote. */
  readonly after?: Expectation;
}

export type Expectation = PostCondition;

/** Line and column in a file, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What an author says that SQL is; `additive` where nothing is said. */
export type DeclaredClass = 'additive' | 'widening' | 'rebuilding' | 'dataDependent' | 'destructive';
