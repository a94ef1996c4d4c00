import type { Operation } from '../operations/index.ts';

/**
 * What happened, past tense. The engine says only this; every face is a reader of these facts. Durations (`ms`) are
 * milliseconds. A reader ignores kinds that it does not know: more may come.
 */
export type Fact =
  | { readonly kind: 'runStarted'; readonly database: string; readonly server: string }
  | {
      readonly kind: 'waited';
      readonly for: 'server' | 'lock' | 'table';
      readonly target: string;
      readonly ms: number;
      readonly detail?: string;
    }
  | { readonly kind: 'noticed'; readonly level: 'info' | 'warning'; readonly text: string }
  | { readonly kind: 'locked'; readonly ms: number }
  | { readonly kind: 'tableChecked'; readonly table: string; readonly findings: readonly string[] }
  | { readonly kind: 'planned'; readonly plan: PlanSummary }
  | { readonly kind: 'rollbackPlanned'; readonly plan: RollbackSummary }
  | {
      readonly kind: 'fileStarted';
      readonly name: string;
      readonly path: string;
      /** Its place among the `total` files of the run, from 1. */
      readonly place: number;
      readonly total: number;
    }
  | { readonly kind: 'fileApplied'; readonly path: string; readonly applied: number; readonly ms: number }
  | { readonly kind: 'fileSkipped'; readonly path: string; readonly because: string }
  | {
      readonly kind: 'operationStarted';
      /** Its place among the `total` changes of its file; of an operation of the models, among those of the run. */
      readonly step: number;
      readonly total: number;
      readonly operation: Operation;
      readonly summary: string;
    }
  | { readonly kind: 'statementRan'; readonly sql: string; readonly ms: number; readonly rows?: number }
  /** The database answered with an error; not every such answer is a failure. */
  | { readonly kind: 'statementRefused'; readonly sql: string }
  | {
      readonly kind: 'operationContinues';
      readonly operation: Operation;
      readonly summary: string;
      readonly ms: number;
    }
  | { readonly kind: 'progressed'; readonly summary: string; readonly done: number; readonly total?: number }
  | {
      readonly kind: 'operationApplied';
      readonly step: number;
      readonly total: number;
      readonly operation: Operation;
      readonly summary: string;
      readonly ms: number;
    }
  | {
      readonly kind: 'operationSkipped';
      readonly operation: Operation;
      readonly summary: string;
      readonly because: string;
    }
  | {
      readonly kind: 'operationSettled';
      readonly operation: Operation;
      readonly summary: string;
      readonly as: 'before' | 'after';
    }
  | {
      readonly kind: 'operationFailed';
      readonly operation: Operation;
      readonly summary: string;
      readonly code: string;
      readonly message: string;
    }
  /** What was told as applied of a file is not there: its transaction was rolled back. */
  | { readonly kind: 'transactionRolledBack'; readonly path: string; readonly summaries: readonly string[] }
  | {
      readonly kind: 'queryVerified';
      readonly name: string;
      readonly passed: boolean;
      readonly ms: number;
      readonly message?: string;
    }
  | {
      readonly kind: 'verified';
      readonly verdict: 'PASSED' | 'PARTIAL' | 'FAILED';
      readonly passed: number;
      readonly total: number;
    }
  | { readonly kind: 'baselineAdopted'; readonly own: 'all' | 'models' | 'none'; readonly tables: number }
  | {
      readonly kind: 'migrationImported';
      readonly tool: string;
      /** As the tool called it, and as our log does. */
      readonly name: string;
      readonly migration: string;
      readonly path?: string;
      /** As the tool has it. */
      readonly checksum?: string;
      /** Whether that is the file's; absent where it cannot be told. */
      readonly verified?: boolean;
    }
  | { readonly kind: 'runFinished'; readonly outcome: RunOutcome };

/** The numbers of a plan, for people who wait for it. */
export interface PlanSummary {
  readonly hash: string;
  /** How many there are: operations of files and models, statements and parts that are code. */
  readonly changes: number;
  /** Migration files that run, before or after. */
  readonly files?: readonly string[];
  readonly steps: readonly string[];
  readonly withheld: readonly string[];
  readonly notOurs: readonly string[];
  readonly blocked: readonly string[];
  /** Columns that are taken as new and may be old ones under a new name. */
  readonly perhapsRenamed?: readonly string[];
}

/** A rollback in sentences, for people who wait for it. */
export interface RollbackSummary {
  readonly hash: string;
  readonly target: number;
  /** All that is lost, in numbers; absent where nothing is. */
  readonly lost?: string;
  /** What went when the changes were done, and does not come back. */
  readonly notBroughtBack: readonly string[];
  readonly changes: readonly string[];
  readonly blocked: readonly string[];
}

/** How a run ended. */
export interface RunOutcome {
  readonly status:
    | 'done'
    | 'nothing'
    | 'planned'
    | 'older'
    | 'ahead'
    | 'rolledBack'
    | 'blocked'
    | 'failed'
    | 'interrupted';
  /** Operations that this run applied; of a rollback, changes that it took back. */
  readonly applied: number;
  readonly ms: number;
  /** Of a rollback: what went when the changes were done, and did not come back. */
  readonly notBroughtBack?: readonly string[];
  /** Version and hash of the log's last event, the anchor of its chain. */
  readonly head?: { readonly version: number; readonly hash: string };
}
