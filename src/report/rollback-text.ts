import { describeBlocked } from '../plan/plan-file.ts';
import { needsLeave, type RollbackPlan } from '../plan/rollback-plan.ts';
import { describeChange } from '../plan/summarize-rollback.ts';
import { safeText } from './safe-text.ts';

/** A rollback as text for people: what would be taken back, what that restores, what goes, and what stands in the way. */
export function rollbackText(plan: RollbackPlan, options: { readonly sql: boolean }): string {
  const { hash, database, server, target, changes, release, blocked } = plan;
  const leave = needsLeave(plan);
  const lines = [
    `📋 Rollback ${hash.slice(0, 12)} of ${database} (${server}) to version ${target}: ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`,
    ...changes.flatMap((change) => [
      `  ↩️  ${describeChange(change)}`,
      ...(options.sql ? change.steps.flatMap(({ sql }) => sql.map((text) => `       ${text};`)) : []),
    ]),
    release === null ? '🏷️  No release is left' : `🏷️  Release ${release} comes back`,
    ...(leave.length === 0 ? [] : [`✋ Needs --approve ${hash}:`, ...leave.map((line) => `  - ${line}`)]),
    ...(blocked.length === 0 ? [] : ['⛔ Impossible:', ...blocked.map((item) => `  - ${describeBlocked(item)}`)]),
  ];
  return safeText(lines.join('\n'));
}
