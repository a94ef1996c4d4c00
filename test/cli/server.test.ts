import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { withHeldLock } from './support/held-lock.ts';
import { createProject, library } from './support/project.ts';

const servers = databaseKinds.filter((kind) => kind !== 'sqlite');

describe.each(servers)('%s', (kind) => {
  it('that does not answer is waited for as long as --wait says, and named', async () => {
    const url = `${kind}://someone:secret-word@127.0.0.1:${await closedPort()}/absent`;
    const start = performance.now();
    const run = await createProject(library).migrate({ url }, ['--ci', '--wait', '1s']);
    expect(performance.now() - start).toBeGreaterThan(1000);
    expect(run.stdout).toMatch(/⏳ Waiting for 127\.0\.0\.1:\d+/u);
    expect(run.stderr).toContain('SERVER_UNREACHABLE');
    expect(run.stdout + run.stderr).not.toContain('secret-word');
    expect(run.exit).toBe(69);
  });

  it('that refuses the password is not waited for, and the password is not shown', async () => {
    const database = await createDatabase(kind, { name: 'rights' });
    try {
      const user = `u${process.pid}`;
      await database.run(
        kind === 'postgresql'
          ? [`create role ${user} login password 'right-word'`]
          : [`create user ${user} identified by 'right-word'`],
      );
      const url = new URL(database.url);
      url.username = user;
      url.password = 'wrong-word';
      const project = createProject(library);
      const run = await project.migrate({ url: url.href }, ['--ci', '--wait', '20s']);
      url.password = '';
      const without = await project.migrate({ url: url.href }, ['--ci', '--wait', '20s']);
      expect([without.exit, without.stderr]).toEqual([69, expect.stringContaining('ACCESS_DENIED')]);
      await database.run([`drop ${kind === 'postgresql' ? 'role' : 'user'} ${user}`]);
      expect(run.stdout + run.stderr).not.toContain('wrong-word');
      expect(run.stderr).toContain('ACCESS_DENIED');
      expect(run.exit).toBe(69);
    } finally {
      await database.drop();
    }
  });

  it('without the database gets it made', async () => {
    const database = await createDatabase(kind, { name: 'made' });
    const url = new URL(database.url);
    url.pathname = `${url.pathname}_new`;
    const run = await createProject(library).migrate({ url: url.href }, ['--ci']);
    await database.run([`drop database if exists ${url.pathname.slice(1)}`]);
    await database.drop();
    expect(run.exit, run.stdout + run.stderr).toBe(0);
    expect(run.stdout).toContain('📊 Total changes applied: 2');
  });
});

describe.each(databaseKinds)('a lock that another holds on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'lock' });
  });
  afterEach(() => database.drop());

  it('ends the run with 75 after --lock-timeout, nothing changed', async () => {
    const project = createProject(library);
    const run = await withHeldLock(database, () => project.migrate(database, ['--ci', '--lock-timeout', '1s']));
    expect(run.stdout).toContain('⏳ Waiting for another migration');
    expect(run.stderr).toMatch(/LOCK_TIMEOUT: another migration holds the lock.*waited 1/su);
    expect(run.exit).toBe(75);
    await expect(database.query('select * from author')).rejects.toThrow();
  });

  it('is waited for', async () => {
    const project = createProject(library);
    const running = await withHeldLock(database, async () => {
      const run = project.migrate(database, ['--ci']);
      await sleep(2000);
      return { run };
    });
    const { exit, stdout } = await running.run;
    expect(stdout).toContain('⏳ Waiting for another migration');
    expect(exit).toBe(0);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address ? address.port : 1;
}
