import type { ServerInfo } from '../dialects/dialect.ts';
import { MigrateError } from '../errors.ts';
import { findDamage } from '../history/chain.ts';
import { isDevelopment } from '../history/release.ts';
import { describeBlocked, type PlanFile } from '../plan/plan-file.ts';
import type { Verification } from '../verify/queries.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/**
 * Why nothing is changed: the database belongs to a newer release, or this one's work was rolled back. `undefined` where
 * the run may go on. Throws where the two have parted.
 */
export function standsBack(run: Run, { standing }: Pick<Survey, 'standing'>): 'older' | 'ahead' | undefined {
  const mine = standing.release.id;
  if (standing.kind === 'ahead' && !run.flags.redo) {
    run.emit({ kind: 'noticed', level: 'warning', text: describeAhead(mine) });
    return 'ahead';
  }
  if (standing.kind === 'diverged') throw new MigrateError('DIVERGED', { mine, head: standing.head });
  if (standing.kind === 'older' && !run.flags.redo) {
    if (run.flags.failIfNewer) throw new MigrateError('DATABASE_NEWER', { mine, head: standing.head });
    run.emit({
      kind: 'noticed',
      level: 'warning',
      text: `the database is at the newer release ${standing.head}; this one (${mine}) changes nothing`,
    });
    return 'older';
  }
  const isUnlocked = run.lockFile !== undefined && isDevelopment(mine);
  if (isUnlocked && run.options.environment === 'production')
    throw new MigrateError('RELEASE_UNLOCKED', { lockFile: run.options.migrations.lockFile });
  return undefined;
}

/** A sentence about models whose work was rolled back. */
export function describeAhead(mine: string): string {
  return `the models (release ${mine}) are ahead of the database: their changes were rolled back and are not done again by themselves; \`migrate --ci --redo\` does them`;
}

/** Throws when the server cannot take changes at all, before the first one: unknown, read-only, or a right is missing. */
export async function refuseUnfitServer({ dialect, session, connection }: Run): Promise<void> {
  const server = await dialect.readServer(session);
  const { database } = connection.describe;
  refuseUnknown(server);
  if (server.readOnly) throw new MigrateError('READ_ONLY', { target: database, message: 'it takes no changes' });
  if (server.missingRights.length > 0) throw new MigrateError('RIGHT_MISSING', lackOf(server));
}

function refuseUnknown({ dialect, version }: ServerInfo): void {
  if (dialect !== undefined) return;
  throw new MigrateError('SERVER_UNKNOWN', { version, reason: 'mikrate does not know this product, or it is too old' });
}

/** Throws when the user may not see all tables: a plan would take the others for missing. Tells where nothing could run. */
export async function refuseBlindLook({ dialect, session, connection, emit }: Run): Promise<void> {
  const server = await dialect.readServer(session);
  refuseUnknown(server);
  const { database } = connection.describe;
  if (server.readOnly)
    emit({ kind: 'noticed', level: 'warning', text: `${database} is read-only: what is planned cannot run` });
  if (server.hidesTables) throw new MigrateError('RIGHT_MISSING', lackOf(server));
}

/** Throws when one step of a plan cannot succeed: then nothing of it runs. */
export function refuseIfBlocked({ blocked }: PlanFile): void {
  if (blocked.length > 0) throw new MigrateError('PLAN_BLOCKED', { problems: blocked.map(describeBlocked) });
}

/** Throws when the options leave changes to people, and there are some. */
export function refuseUnreviewed({ options }: Run, { steps }: PlanFile): void {
  if (options.models === 'apply' || steps.length === 0) return;
  throw new MigrateError('CHANGES_PENDING', { changes: steps.map(({ summary }) => summary) });
}

/** Throws when a query failed in a strict run. */
export function refuseIfStrict({ flags }: Run, { failed }: Verification): void {
  if (!flags.strict || failed.length === 0) return;
  throw new MigrateError('VERIFICATION_FAILED', { failed: failed.map(({ name, message }) => `${name} (${message})`) });
}

/** A tampered log is told, not repaired: what it says of the past is still the best there is. */
export function warnOfDamage({ emit }: Run, { rows }: Pick<Survey, 'rows'>): void {
  const damage = findDamage(rows);
  if (damage)
    emit({
      kind: 'noticed',
      level: 'warning',
      text: `schema_versions is damaged at version ${damage.version}: ${damage.reason}; \`migrate history verify\` tells more`,
    });
}

function lackOf({ missingRights, user }: ServerInfo): {
  readonly right: string;
  readonly grant: string;
  readonly message: string;
} {
  return {
    right: missingRights.map(({ right }) => right).join(', '),
    grant: missingRights.map(({ grant }) => grant).join(' '),
    message: `the server gives no such right to ${user}`,
  };
}
