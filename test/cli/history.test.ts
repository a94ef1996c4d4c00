import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventPayload } from '../../src/history/event.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { createProject, library, type Project } from './support/project.ts';

type ListedEvent = EventPayload & { readonly hash: string; readonly prevHash: string };

describe.each(databaseKinds)('migrate history on %s', (kind) => {
  let database: TestDatabase;
  let project: Project;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'history' });
    project = createProject(library);
    await project.migrate(database, ['--ci']);
  });
  afterEach(() => database.drop());

  const list = async (...args: string[]): Promise<ListedEvent[]> =>
    JSON.parse((await project.migrate(database, ['history', '--json', ...args])).stdout) as ListedEvent[];

  it('lists every event, gapless, each chained to the one before', async () => {
    const events = await list();
    expect(events.map(({ version }) => version)).toEqual(events.map((_, at) => at + 1));
    for (const [at, event] of events.entries()) if (at > 0) expect(event.prevHash).toBe(events[at - 1]?.hash);
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['run', 'applied', 'verified']));
    const { stdout } = await project.migrate(database, ['history']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(events.length);
    expect(stdout).toMatch(/^ +2 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/mu);
  });

  it('chooses by table and by version or time', async () => {
    const ofBook = await list('--table', 'book');
    expect(ofBook.length).toBeGreaterThan(0);
    expect(ofBook.every(({ object }) => object === 'book' || object?.startsWith('book.'))).toBe(true);
    const [all, sinceThree, future] = [await list(), await list('--since', '3'), await list('--since', '2999-01-01')];
    expect(sinceThree).toEqual(all.slice(2));
    expect(future).toEqual([]);
    expect(await list('--since', all[0]?.startedAt.slice(0, 10) ?? '')).toEqual(all);
  });

  it('shows one event with its SQL and its undo', async () => {
    const applied = (await list()).find(({ event }) => event === 'applied');
    const { stdout } = await project.migrate(database, ['history', 'show', String(applied?.version)]);
    expect(stdout).toMatch(/create table .author./iu);
    expect(stdout).toContain('undo restores everything');
    expect(stdout).toMatch(/drop table .author./iu);
    expect(stdout).toContain(`hash ${applied?.hash}`);
    expect(stdout).toContain(`of release ${applied?.release}`);
    const absent = await project.migrate(database, ['history', 'show', '4711']);
    expect(absent.exit).toBe(64);
    expect(absent.stderr).toMatch(/VERSION_UNKNOWN: there is no version 4711: the log has 1 to \d+/u);
  });

  it('knows the schema of then', async () => {
    const events = await list();
    const first = events.find(({ event, operation }) => event === 'applied' && operation?.kind === 'createTable');
    const at = async (version: number): Promise<Schema> =>
      JSON.parse((await project.migrate(database, ['history', '--at', String(version), '--schema'])).stdout) as Schema;
    expect(Object.keys((await at(first?.version ?? 0)).tables)).toEqual(['author']);
    expect(Object.keys((await at(events.length)).tables).toSorted()).toEqual(['author', 'book']);
    expect((await project.migrate(database, ['history', '--at', '99', '--schema'])).exit).toBe(64);
  });

  it('verify sees a forged column and a missing event, and names the version', async () => {
    expect((await project.migrate(database, ['history', 'verify'])).exit).toBe(0);
    await database.run(["update schema_versions set summary = 'nothing' where version = 2"]);
    await expectDamage(2);
    await database.run(['delete from schema_versions where version = 2']);
    await expectDamage(3);
  });

  async function expectDamage(version: number): Promise<void> {
    const { exit, stderr } = await project.migrate(database, ['history', 'verify']);
    expect(stderr).toMatch(new RegExp(`LOG_DAMAGED: schema_versions is damaged at version ${version}`, 'u'));
    expect(exit).toBe(3);
    const verify = await project.migrate(database, ['verify']);
    expect(verify.stdout).toContain('❌ Log damaged');
    expect(verify.exit).toBe(1);
  }
});
