import { hasWork } from '../plan/plan-file.ts';
import type { Survey } from '../stages/survey.ts';

/** What `--exit-code` says of a plan: 3 where it is blocked, 2 where changes are pending, 0 where nothing would run. */
export function pendingExitCode({ plan, standing }: Pick<Survey, 'plan' | 'standing'>): number {
  if (plan.blocked.length > 0) return 3;
  return hasWork(plan) && standing.kind !== 'ahead' ? 2 : 0;
}
