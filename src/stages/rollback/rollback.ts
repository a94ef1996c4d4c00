import { summarizeRollback } from '../../plan/summarize-rollback.ts';
import { ensureLog } from '../ensure-log.ts';
import { tellStart, withRun } from '../open-run.ts';
import { readRows } from '../read-history.ts';
import { splitLogTables } from '../read-state.ts';
import { refuseUnfitServer, warnOfDamage } from '../refuse.ts';
import type { Job } from '../run.ts';
import { withLock } from '../take-lock.ts';
import { independentOfModels } from './independent-of-models.ts';
import { planRollback } from './plan-rollback.ts';
import { refuseEarly, warnOfDoubt } from './refuse-rollback.ts';
import { rollBackUnderLock, type RollbackReport } from './roll-back.ts';
import type { RollbackAsk } from './rollback-ask.ts';

/** Takes back what the log says was done, by the log alone: plan → lock → settle → plan again → take back → compare. */
export async function rollback(job: Job, request: RollbackAsk): Promise<RollbackReport> {
  return withRun(job, async (opened) => {
    const run = independentOfModels(opened, await readRows(opened));
    tellStart(run);
    const early = await planRollback(run, request.selection);
    warnOfDamage(run, early);
    warnOfDoubt(run, early);
    run.emit({ kind: 'rollbackPlanned', plan: summarizeRollback(early.plan) });
    if (!request.yes) return { status: 'planned', takenBack: 0, plan: early.plan };
    refuseEarly(early, request);
    await refuseUnfitServer(run);
    return withLock(run, async (lock) => {
      await ensureLog(run, splitLogTables(opened.desired.schema, run.log.tables).own, early.logSchema);
      return rollBackUnderLock({ ...run, lock }, early, request);
    });
  });
}
