import { findDamage } from '../history/chain.ts';
import { verifyOnly } from '../pipeline.ts';
import { safeText } from '../report/safe-text.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { readerFor } from './reader.ts';

type Verified = Awaited<ReturnType<typeof verifyOnly>>;

/** `migrate verify`: next plan empty, critical queries, log intact; changes nothing. */
export async function runVerify(context: CommandContext): Promise<number> {
  return reportVerification(context, await withJob(context, readerFor(context), verifyOnly));
}

/** Prints what was found; exit code 1 for a FAILED verdict or a damaged log, 2 when only changes are pending. */
export function reportVerification(context: CommandContext, { survey, verification }: Verified): number {
  const damage = findDamage(survey.rows);
  const pending = survey.plan.steps.length + (survey.plan.files?.length ?? 0);
  const intact = damage
    ? `damaged at version ${damage.version}: ${damage.reason}`
    : `intact (${survey.rows.length} events)`;
  if (context.options.json)
    context.writeOut(
      JSON.stringify({
        kind: 'verification',
        ...verification,
        pending,
        log: { events: survey.rows.length, damage: damage ?? null },
      }),
    );
  else
    context.writeOut(
      safeText(
        `${damage ? '❌' : '🔗'} Log ${intact}\n${pending === 0 ? '✅ The next plan is empty' : `📋 The next plan has ${pending} ${pending === 1 ? 'change' : 'changes'}`}`,
      ),
    );
  if (damage || verification.verdict === 'FAILED') return 1;
  return pending > 0 && !context.options.verifyOnly ? 2 : 0;
}
