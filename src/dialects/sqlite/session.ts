import type { Session } from '../session.ts';
import { notSupported } from './not-supported.ts';

/** Foreign keys off for the whole session, since within a transaction the switch does nothing; renames respell what names the old name. */
export async function prepareSession(session: Session): Promise<void> {
  const found = {
    foreignKeys: await isOn(session, 'foreign_keys'),
    legacyAlter: await isOn(session, 'legacy_alter_table'),
  };
  if (!before.has(session)) before.set(session, found);
  await session.run('pragma foreign_keys = off');
  await session.run('pragma legacy_alter_table = off');
  if (await isOn(session, 'foreign_keys'))
    throw notSupported('turn foreign keys off within a transaction', 'pragma.html#pragma_foreign_keys');
}

/** Turns both switches to where the session was found. */
export async function restoreSession(session: Session): Promise<void> {
  const found = before.get(session);
  if (!found) return;
  await session.run(`pragma foreign_keys = ${found.foreignKeys ? 'on' : 'off'}`);
  await session.run(`pragma legacy_alter_table = ${found.legacyAlter ? 'on' : 'off'}`);
  before.delete(session);
}

interface Switches {
  readonly foreignKeys: boolean;
  readonly legacyAlter: boolean;
}

const before = new WeakMap<Session, Switches>();

async function isOn(session: Session, pragma: 'foreign_keys' | 'legacy_alter_table'): Promise<boolean> {
  const [row] = await session.query(`pragma ${pragma}`);
  return Number(row?.[pragma]) === 1;
}
