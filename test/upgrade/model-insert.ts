import { MikroORM } from '@mikro-orm/core';
import { expect } from 'vitest';
import configure from '../../mikro-orm.config.ts';
import {
  Group,
  Inmate,
  Jail,
  Monitor,
  MonitorInmateLink,
  MonitorLink,
  Session,
  User,
  UserGroup,
} from '../../models/index.ts';

const when = new Date('2024-02-29T23:59:58Z');
const text = `Zoë "O'Neil" \\ 😀`;

/** MikroORM as the reference application starts it, for the database at `url`. The caller closes it. */
export async function startOrm(url: string): Promise<MikroORM> {
  const before = process.env['DATABASE_URL'];
  process.env['DATABASE_URL'] = url;
  try {
    return await MikroORM.init(await configure());
  } finally {
    if (before === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = before;
  }
}

/**
 * Inserts a row into each of the nine tables as the application would, leaving out all that has a default, and expects
 * to read it back with those defaults. May be called once per database, whatever rows it holds.
 */
export async function insertThroughModels(database: { readonly url: string }): Promise<void> {
  const orm = await startOrm(database.url);
  try {
    await insertRows(orm);
    await expectRows(orm);
  } finally {
    await orm.close();
  }
}

async function insertRows(orm: MikroORM): Promise<void> {
  const em = orm.em.fork();
  const user = em.create(User, {
    username: 'model-insert',
    email: 'model-insert@example.org',
    hashedPassword: 'x'.repeat(255),
  });
  const group = em.create(Group, { name: 'model-insert', displayName: text });
  em.create(UserGroup, { user, group });
  em.create(Jail, {
    jailName: 'model-insert',
    state: 'TX',
    jailId: 'model-insert',
    scrapeSystem: 'none',
    createdDate: '2024-02-29',
    updatedDate: '2024-02-29',
    lastSuccessfulScrape: when,
  });
  // An old database may hold the foreign key that the models do not know; a roster is read for a jail that is there.
  await em.flush();
  const inmate = em.create(Inmate, {
    name: text,
    arrestDate: '2024-02-29',
    mugshot: 'm'.repeat(70_000),
    inCustodyDate: '2024-02-29',
    lastSeen: when,
    jailId: 'model-insert',
  });
  const monitor = em.create(Monitor, { name: text, notifyAddress: 'model-insert' });
  const other = em.create(Monitor, { name: 'model-insert', userId: 7, lastSeenIncarcerated: when });
  em.create(MonitorLink, { primaryMonitor: monitor, linkedMonitor: other, linkedByUser: user, linkReason: text });
  em.create(Session, { user, sessionToken: 'model-insert', userAgent: text });
  await em.flush();
  em.create(MonitorInmateLink, { monitor, inmateId: inmate.id, linkedByUser: user });
  await em.flush();
}

async function expectRows(orm: MikroORM): Promise<void> {
  const em = orm.em.fork();
  const justNow = expect.any(Date);
  const user = await em.findOneOrFail(User, { username: 'model-insert' });
  expect(user).toMatchObject({ passwordFormat: 'bcrypt', isActive: true, createdAt: justNow, updatedAt: justNow });
  expect(Math.abs(Date.now() - user.createdAt.getTime())).toBeLessThan(600_000);
  const group = await em.findOneOrFail(Group, { name: 'model-insert' });
  expect(group).toMatchObject({ displayName: text, isActive: true });
  const membership = await em.findOneOrFail(UserGroup, { user, group }, { populate: ['group'] });
  expect(membership).toMatchObject({ group: { name: 'model-insert' }, createdAt: justNow });
  const jail = await em.findOneOrFail(Jail, { jailId: 'model-insert' });
  expect(jail).toMatchObject({ active: false, createdDate: '2024-02-29', lastSuccessfulScrape: when });
  const inmate = await em.findOneOrFail(Inmate, { jailId: 'model-insert' });
  expect(inmate).toMatchObject({
    name: text,
    race: 'Unknown',
    sex: 'Unknown',
    dob: 'Unknown',
    arrestDate: '2024-02-29',
    mugshot: 'm'.repeat(70_000),
    holdReasons: '',
    releaseDate: '',
    isJuvenile: false,
    hideRecord: false,
    lastSeen: when,
  });
  const monitor = await em.findOneOrFail(Monitor, { notifyAddress: 'model-insert' });
  expect(monitor).toMatchObject({ name: text, enableNotifications: 1, notifyMethod: 'pushover' });
  const other = await em.findOneOrFail(Monitor, { name: 'model-insert' });
  expect(other).toMatchObject({ userId: 7, notifyAddress: '', lastSeenIncarcerated: when });
  const link = await em.findOneOrFail(MonitorLink, { primaryMonitor: monitor }, { populate: ['linkedMonitor'] });
  expect(link).toMatchObject({ linkedMonitor: { name: 'model-insert' }, linkReason: text, createdAt: justNow });
  const match = await em.findOneOrFail(MonitorInmateLink, { monitor });
  expect(match).toMatchObject({ inmateId: inmate.id, isExcluded: false, createdAt: justNow });
  const session = await em.findOneOrFail(Session, { user });
  expect(session).toMatchObject({ sessionToken: 'model-insert', userAgent: text, isActive: true, loginTime: justNow });
}
