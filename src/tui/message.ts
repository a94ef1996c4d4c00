import type { Fact } from '../events/facts.ts';
import type { EventPayload, EventRow } from '../history/event.ts';
import type { RollbackRequest } from '../history/rollback-request.ts';
import type { Answers, Decisions } from '../review/decisions.ts';
import type { History, Overview, Review, RollbackLook, RollbackReview, RunResult } from './engine.ts';
import type { KeyPress } from './key-press.ts';

/** What can happen to the interface. `at` is the clock of `performance.now()` in milliseconds. */
export type Message =
  /** `textEnd` is the last line that the text on the screen can be scrolled to, where it has one. */
  | { readonly kind: 'key'; readonly press: KeyPress; readonly textEnd?: number }
  | { readonly kind: 'resized'; readonly size: Size }
  | { readonly kind: 'ticked'; readonly at: number }
  | { readonly kind: 'fact'; readonly fact: Fact; readonly at: number }
  | { readonly kind: 'logged'; readonly lines: readonly string[] }
  | { readonly kind: 'interrupted' }
  /** There was time for what goes on between the keys. */
  | { readonly kind: 'wentOn' }
  | Answer;

/** What the engine answered to a request. */
export type Answer =
  | { readonly kind: 'surveyed'; readonly overview: Overview }
  | { readonly kind: 'migrated'; readonly result: RunResult }
  | {
      readonly kind: 'samplesRead';
      readonly table: string;
      readonly column: string;
      readonly values: readonly string[];
    }
  | { readonly kind: 'answersSaved'; readonly file: string }
  | { readonly kind: 'historyRead'; readonly history: History }
  | { readonly kind: 'eventRead'; readonly row: EventRow; readonly payload: EventPayload }
  | { readonly kind: 'schemaRead'; readonly version: number; readonly lines: readonly string[] }
  | { readonly kind: 'differenceRead'; readonly from: number; readonly to: number; readonly lines: readonly string[] }
  | { readonly kind: 'rollbackPlanned'; readonly selection: RollbackRequest; readonly look: RollbackLook }
  | { readonly kind: 'rolledBack'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly request: Request; readonly problem: Problem };

/** What the interface wants done outside itself. */
export type Request =
  | { readonly kind: 'survey'; readonly decisions: Decisions }
  | { readonly kind: 'migrate'; readonly review: Review }
  | { readonly kind: 'readSamples'; readonly table: string; readonly column: string }
  | { readonly kind: 'saveAnswers'; readonly answers: Answers }
  | { readonly kind: 'readHistory' }
  | { readonly kind: 'readEvent'; readonly version: number }
  | { readonly kind: 'readSchema'; readonly version: number }
  | { readonly kind: 'readDifference'; readonly from: number; readonly to: number }
  | { readonly kind: 'planRollback'; readonly selection: RollbackRequest }
  | { readonly kind: 'rollBack'; readonly review: RollbackReview }
  /** Say `wentOn` when no key waits: what is long goes on then. */
  | { readonly kind: 'goOn' }
  /** Finish the current operation and stop. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'quit'; readonly code: number };

/** An error as people read it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly state: string;
  readonly exitCode: number;
  /** The run that it ended, where that had written to the log. */
  readonly runId?: string;
}

/** Columns and rows of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}
