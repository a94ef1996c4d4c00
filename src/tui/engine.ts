import type { Emit } from '../events/emitter.ts';
import type { EventPayload, EventRow, EventSummary } from '../history/event.ts';
import type { RollbackRequest } from '../history/rollback-request.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Standing } from '../history/release.ts';
import type { RollbackPlan } from '../plan/rollback-plan.ts';
import type { Answers, Decisions } from '../review/decisions.ts';

export type { EventSummary } from '../history/event.ts';

/** Hears what happens during one call, and may ask it to stop: the current operation is finished first. */
export interface Listener {
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** A person's leave to a plan as it was shown. */
export interface Review extends Decisions {
  /** Of the plan that was shown (`reviewHash`): the one made under the lock must be the same, else PLAN_CHANGED. */
  readonly hash: string;
  /** What was rolled back is done again. */
  readonly redo: boolean;
}

/**
 * All that the terminal interface asks of the rest. Each call opens a connection of its own and closes it: while a person
 * thinks, nothing is held. Failures are thrown as MigrateError.
 */
export interface Engine {
  /** What is so, and what would run. Writes nothing. */
  survey(decisions: Decisions, listener: Listener): Promise<Overview>;
  /** Applies the plan that was shown. */
  migrate(review: Review, listener: Listener): Promise<RunResult>;
  /** Up to three values of a column, as text. */
  sampleValues(table: string, column: string): Promise<readonly string[]>;
  /** Writes the answers beside the config, for `--ci --answers`; gives the file's path. */
  saveAnswers(answers: Answers): Promise<string>;
  readHistory(listener: Listener): Promise<History>;
  readEvent(version: number): Promise<{ readonly row: EventRow; readonly payload: EventPayload }>;
  /** The schema after a version, in lines for people. */
  readSchema(version: number): Promise<readonly string[]>;
  /** What led from one version to another, one sentence a line. */
  readDifference(from: number, to: number): Promise<readonly string[]>;
  planRollback(selection: RollbackRequest, listener: Listener): Promise<RollbackLook>;
  /** Takes back what the plan with this hash says. */
  rollBack(request: RollbackReview, listener: Listener): Promise<RunResult>;
}

/** What can be taken back of which database. */
export interface RollbackLook {
  readonly place: Place;
  readonly plan: RollbackPlan;
}

/** A person's leave to a rollback as it was shown. */
export interface RollbackReview {
  readonly selection: RollbackRequest;
  readonly hash: string;
}

/** Where a database stands, and the plan for it. */
export interface Overview {
  readonly place: Place;
  readonly head?: { readonly version: number; readonly hash: string; readonly at: string };
  readonly release: {
    readonly mine: string;
    readonly database: string | null;
    readonly standing: Standing['kind'];
  };
  readonly plan: PlanFile;
  /** `reviewHash` of the plan. */
  readonly reviewHash: string;
  /** Steps that an interrupted run left in doubt: settled first. */
  readonly interrupted: readonly string[];
  readonly drift: boolean;
  /** What else must be known of this database, as the unattended tool says it. */
  readonly notices?: readonly string[];
  /** Other sessions that hold locks in this database, in words; absent where the server does not tell. */
  readonly lockHolders?: readonly string[];
  /** Where in the models each table and column comes from. */
  readonly origins: Readonly<Record<string, Origin>>;
}

/** Which database it is. Never a password. */
export interface Place {
  readonly server: string;
  readonly host?: string;
  readonly database: string;
  readonly user?: string;
  /** The options' `environment`. */
  readonly environment?: string;
}

/** Of a table: its entity, its file where that is known, and the property of each column. */
export interface Origin {
  readonly entity: string;
  readonly file?: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** How a run or rollback ended. */
export interface RunResult {
  readonly status: 'done' | 'nothing' | 'older' | 'ahead' | 'rolledBack';
  readonly applied: number;
  readonly head?: { readonly version: number; readonly hash: string };
  readonly verification?: {
    readonly verdict: 'PASSED' | 'PARTIAL' | 'FAILED';
    readonly passed: number;
    readonly total: number;
  };
  /** Of a rollback: what went when the changes were done, and did not come back. */
  readonly notBroughtBack?: readonly string[];
  /** The table that holds the log. */
  readonly log?: string;
  /** What this run can be taken back by; absent where it appended nothing. */
  readonly runId?: string;
}

/** The log without its payloads, oldest first. */
export interface History {
  readonly place: Place;
  readonly events: readonly EventSummary[];
}
