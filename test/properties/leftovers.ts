import { describeObject } from '../../src/diff/index.ts';
import type { PlanFile } from '../../src/plan/plan-file.ts';

/** Everything that a plan would do or report, in words; none where there is nothing left to do. */
export function leftovers({ steps, blocked, withheld, notOurs, unverified }: PlanFile): string[] {
  return [
    ...steps.map(({ summary, sql }) => `${summary} [${sql.join('; ')}]`),
    ...blocked.map(({ message }) => `blocked: ${message}`),
    ...withheld.map(({ summary }) => `withheld: ${summary}`),
    ...notOurs.map((object) => `not ours: ${describeObject(object)}`),
    ...unverified.map((object) => `unverified: ${describeObject(object)}`),
  ];
}
