import { applyAdoption, previewAdoption, type AdoptReport } from './apply-adoption.ts';
import { tellStart, withRun } from './open-run.ts';
import { planAdoption, type AdoptRequest } from './plan-adoption.ts';
import { refuseBlindLook, refuseUnfitServer } from './refuse.ts';
import type { Job } from './run.ts';
import { surveySettled } from './survey-settled.ts';
import { survey } from './survey.ts';
import { withLock } from './take-lock.ts';

/** Takes over an existing database: says which part of it is ours, and imports the history of another tool. */
export async function adopt(job: Job, request: AdoptRequest): Promise<AdoptReport> {
  return withRun(job, async (run) => {
    tellStart(run);
    await refuseBlindLook(run);
    if (request.dryRun)
      return previewAdoption(await planAdoption(run, await survey(run, { ignoresFiles: true }), request));
    await refuseUnfitServer(run);
    return withLock(run, async () => {
      const seen = await surveySettled(run, { ignoresFiles: true });
      return applyAdoption(run, seen, await planAdoption(run, seen, request));
    });
  });
}
