import type { SettledNote } from '../config/idle.ts';
import { canonicalJson } from '../schema/canonical.ts';
import { sha256 } from '../schema/sha256.ts';
import { tableKey } from '../schema/names.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** Writes down that nothing is left to do for this release, with a digest of the catalogs: the next start need only compare. */
export async function noteSettled(
  run: Run,
  { standing, plan, logSchema }: Pick<Survey, 'standing' | 'plan' | 'logSchema'>,
): Promise<void> {
  const { dialect, session, events, log, identity, flags } = run;
  // What was left out this time is still to be done.
  if (flags.leftOut && flags.leftOut.length > 0) return;
  const hasLog = plan.steps.length > 0 || logSchema.tables[tableKey(log.tables.lock, log.tables.schema)] !== undefined;
  if (!hasLog) return;
  const digest = sha256(JSON.stringify(await session.query(dialect.digestSql)));
  const note: SettledNote = {
    release: standing.release.id,
    digest,
    tool: identity.tool,
    withheld: plan.withheld.length,
    notOurs: plan.notOurs.length,
  };
  const settledDigest = canonicalJson(note);
  const known = await events.readLock();
  // A database that refuses writes simply keeps taking the full path.
  if (known?.settledDigest !== settledDigest) await events.writeLock({ settledDigest }).catch(() => undefined);
}
