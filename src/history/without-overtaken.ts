import type { EventPayload } from './event.ts';
import type { DoneMigration } from './state.ts';

/** Files less those that found nothing left to do after a change that was taken back since: they are to be looked at again. */
export function withoutOvertaken(
  done: ReadonlyMap<string, DoneMigration>,
  payloads: readonly EventPayload[],
): ReadonlyMap<string, DoneMigration> {
  const taken = payloads.filter(({ event, ref }) => event === 'rolled_back' && ref !== undefined);
  const isOvertaken = ({ event, version }: DoneMigration): boolean =>
    event === 'skipped' && taken.some((back) => (back.ref ?? version) < version && version < back.version);
  return new Map([...done].filter(([, migration]) => !isOvertaken(migration)));
}
