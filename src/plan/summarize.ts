import { describeObject } from '../diff/index.ts';
import type { PlanSummary } from '../events/facts.ts';
import { describeBlocked, describeFile, type PlanFile } from './plan-file.ts';

/** A plan in sentences, for people who wait for it. */
export function summarizePlan(plan: PlanFile): PlanSummary {
  return {
    hash: plan.hash,
    ...(plan.files && { files: plan.files.map(describeFile) }),
    steps: plan.steps.map(({ summary }) => summary),
    withheld: plan.withheld.map(({ summary, because }) => `${summary} (${because})`),
    notOurs: plan.notOurs.map(describeObject),
    blocked: plan.blocked.map(describeBlocked),
  };
}
