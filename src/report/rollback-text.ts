import {
  describeRelease,
  isWhole,
  needsLeave,
  notBroughtBack,
  problemsOf,
  totalLost,
  type RollbackPlan,
} from '../plan/rollback-plan.ts';
import { describeChange } from '../plan/summarize-rollback.ts';
import { safeText } from './safe-text.ts';

/** A rollback as text for people: what would be taken back, what that restores, what goes, and what stands in the way. */
export function rollbackText(plan: RollbackPlan, options: { readonly sql: boolean }): string {
  const { hash, database, server, target, changes } = plan;
  const lines = [
    `📋 Rollback ${hash.slice(0, 12)} of ${database} (${server}) to version ${target}: ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`,
    ...listed('⛔ Impossible:', problemsOf(plan)),
    ...headOf(plan),
    `🏷️  ${describeRelease(plan)}`,
    ...changes.flatMap((change) => [
      `  ↩️  ${describeChange(change)}`,
      ...(options.sql ? change.steps.flatMap(({ sql }) => sql.map((text) => `       ${text};`)) : []),
    ]),
  ];
  return safeText(lines.join('\n'));
}

/** What goes and what stays away, before the changes. */
function headOf(plan: RollbackPlan): readonly string[] {
  const lost = totalLost(plan);
  return [
    ...listed(`✋ Needs --approve ${plan.hash}${lost === undefined ? ':' : `, for ${lost}:`}`, needsLeave(plan)),
    ...listed('🟡 Does not come back:', notBroughtBack(plan)),
    ...(isWhole(plan) && plan.blocked.length === 0 ? ['✅ Nothing is lost, everything comes back'] : []),
  ];
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  - ${line}`)];
}
