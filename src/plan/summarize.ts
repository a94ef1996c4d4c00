import { describeObject } from '../diff/index.ts';
import type { PlanSummary } from '../events/facts.ts';
import { describeBlocked, type PlanFile } from './plan-file.ts';

/** A plan in sentences, for people who wait for it. */
export function summarizePlan(plan: PlanFile): PlanSummary {
  return {
    hash: plan.hash,
    steps: plan.steps.map(({ summary }) => summary),
    withheld: plan.withheld.map(({ summary, because }) => `${summary} (${because})`),
    notOurs: plan.notOurs.map(describeObject),
    blocked: plan.blocked.map(describeBlocked),
  };
}
