import type { RollbackRequest } from '../../history/rollback-request.ts';

/** What a person asks of a rollback. */
export interface RollbackAsk {
  readonly selection: RollbackRequest;
  /** Do it; else it is only planned. */
  readonly yes: boolean;
  /** The plan's hash, or its first 12 characters or more: leave for what it loses. */
  readonly approve?: string;
  /** The hash of the plan that a person has seen: no other one runs, and it gives leave as `approve` does. */
  readonly reviewed?: string;
}
