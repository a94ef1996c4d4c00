import { settleOpenSteps } from '../apply/settle.ts';
import { openContext } from './begin-run.ts';
import { warnOfDamage } from './refuse.ts';
import type { Run } from './run.ts';
import { schemaBeforeFrom } from './schema-before.ts';
import { survey, type Survey } from './survey.ts';

/** What is seen once the steps that a crash left open are settled. */
export async function surveySettled(run: Run, how: Parameters<typeof survey>[1] = {}): Promise<Survey> {
  const seen = await survey(run, how);
  warnOfDamage(run, seen);
  if (seen.log.open.length === 0) return seen;
  const schemaBefore = schemaBeforeFrom(seen.rows, run.events);
  await settleOpenSteps(seen.log.open, { ...(await openContext(run, seen)), schemaBefore });
  return survey(run, how);
}
