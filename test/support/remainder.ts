import { describeObject } from '../../src/diff/index.ts';
import type { PlanFile } from '../../src/plan/plan-file.ts';

/** All that a plan would do or reports, in words; none where the database is as the models say. */
export function remainder({ steps, blocked, withheld, notOurs, unverified }: PlanFile): string[] {
  return [
    ...steps.map(({ summary }) => summary),
    ...blocked.map(({ message }) => message),
    ...withheld.map(({ summary }) => summary),
    ...notOurs.map(describeObject),
    ...unverified.map(describeObject),
  ];
}
