import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { withHeldLock } from './support/held-lock.ts';
import { startPaused } from './support/paused-run.ts';
import { createProject, library } from './support/project.ts';

describe.each(databaseKinds)('Ctrl-C on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'signal' });
  });
  afterEach(() => database.drop());

  it.each([
    { signal: 'SIGINT', exit: 130 },
    { signal: 'SIGTERM', exit: 143 },
  ] as const)(
    '($signal) finishes the current operation, logs it, frees the lock and exits with $exit',
    async ({ signal, exit }) => {
      const project = createProject(library);
      const run = startPaused(project, database.url, { at: 'after-ddl', until: 'signal' });
      await run.saw('paused');
      run.child.kill(signal);
      const ended = await run.ended;
      expect(ended.stderr).toContain(`${signal}: finishing the current operation`);
      expect(ended.stderr).toContain('database: 1 of 2 changes applied; nothing half-done');
      expect(ended.exit).toBe(exit);
      expect(await database.query('select * from author')).toEqual([]);
      await expect(database.query('select * from book')).rejects.toThrow();
      const next = await project.migrate(database, ['--ci', '--lock-timeout', '1s']);
      expect(next.exit, next.stderr).toBe(0);
      expect(next.stdout).not.toContain('🩹');
      expect((await project.migrate(database, ['history', 'verify'])).exit).toBe(0);
    },
  );

  it('twice ends at once, and the next run puts it right', async () => {
    const project = createProject(library);
    const run = startPaused(project, database.url, { at: 'after-ddl', until: 60_000 });
    await run.saw('paused');
    const start = performance.now();
    run.child.kill('SIGINT');
    await run.saw('once more ends at once');
    run.child.kill('SIGINT');
    expect((await run.ended).exit).toBe(130);
    expect(performance.now() - start).toBeLessThan(5000);
    const next = await project.migrate(database, ['--ci']);
    expect(next.exit, next.stderr).toBe(0);
    expect((await project.migrate(database, ['plan', '--exit-code'])).exit).toBe(0);
  });

  it('while another run is waited for changes nothing', async () => {
    const project = createProject(library);
    const ended = await withHeldLock(database, async () => {
      const run = startPaused(project, database.url, { at: 'locked', until: 0 });
      await run.saw('Waiting for another migration');
      run.child.kill('SIGINT');
      return await run.ended;
    });
    expect(ended.exit).toBe(130);
    expect(ended.stderr).toContain('database: nothing was changed');
  });
});
