import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../dialects/session.ts';
import type { Run } from './run.ts';

type Watched = Pick<Run, 'dialect' | 'flags' | 'session' | 'startedAt'>;

/**
 * Lets what was told be drawn before a statement of a database that works in this process, for while it runs nothing else
 * does. Where a person looks on, and in moments that add up to half a second and a tenth of the run at most.
 */
export async function letBeSeen({ dialect, flags, session, startedAt }: Watched): Promise<void> {
  if (!dialect.traits.inProcess || flags.isAttended !== true) return;
  const before = spent.get(session) ?? 0;
  const isDear = before + moment > 500 + (performance.now() - startedAt) / 10;
  if (isDear) return nextTurn();
  spent.set(session, before + moment);
  await sleep(moment);
}

/** Milliseconds: longer than facts are gathered for one frame. */
const moment = 40;
const spent = new WeakMap<Session, number>();
