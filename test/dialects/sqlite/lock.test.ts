import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sqlite } from '../../../src/dialects/sqlite/index.ts';
import type { LockTarget } from '../../../src/dialects/dialect.ts';
import { withSqlite, type Opened } from './open.ts';

const targetOf = ({ database }: Opened): LockTarget & { file: string } => ({
  database: database.name,
  table: 'schema_versions',
  file: database.url.slice('sqlite:'.length),
});

const holder = `
  const { sqlite } = await import(process.argv[1])
  const held = await sqlite.lock.tryAcquire(undefined, { database: 'd', table: 't', file: process.argv[2] })
  console.log(held ? 'held' : 'refused')
  if (held) setInterval(() => {}, 1000)
`;

async function lockElsewhere(file: string): Promise<{ says: string; child: ChildProcess }> {
  const dialect = new URL('../../../src/dialects/sqlite/index.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, dialect, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const says = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the holder ended')));
  });
  return { says, child };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

test('one process at a time holds it; kill -9 frees it at once', async () => {
  await withSqlite([], async (opened) => {
    const target = targetOf(opened);
    const first = await lockElsewhere(target.file);
    expect(first.says).toBe('held');
    const start = performance.now();
    expect(await sqlite.lock.tryAcquire(opened.session, target)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1000);
    await kill(first.child);

    const mine = await sqlite.lock.tryAcquire(opened.session, target);
    expect(await mine?.isHeld()).toBe(true);
    const second = await lockElsewhere(target.file);
    expect(second.says).toBe('refused');
    await kill(second.child).catch(() => undefined);
    await mine?.release();
    expect(await mine?.isHeld()).toBe(false);

    const third = await lockElsewhere(target.file);
    expect(third.says).toBe('held');
    await kill(third.child);
    expect(existsSync(`${target.file}.migrate-lock`)).toBe(true);
  });
});

test('does not stand in the way of the application, and is one lock under two names of the file', async () => {
  await withSqlite(['create table t (a int)'], async (opened) => {
    const target = targetOf(opened);
    const held = await sqlite.lock.tryAcquire(opened.session, target);
    await opened.database.query('insert into t values (1)');
    const alias = `${target.file}-alias`;
    symlinkSync(target.file, alias);
    expect(await sqlite.lock.tryAcquire(opened.session, { ...target, file: alias })).toBeUndefined();
    await held?.release();
  });
});

test('knows when its file was taken away', async () => {
  await withSqlite([], async (opened) => {
    const target = targetOf(opened);
    const held = await sqlite.lock.tryAcquire(opened.session, target);
    rmSync(`${target.file}.migrate-lock`);
    expect(await held?.isHeld()).toBe(false);
    await held?.release();
  });
});

test('a database in memory is always granted', async () => {
  await withSqlite([], async ({ session }) => {
    const held = await sqlite.lock.tryAcquire(session, { database: ':memory:', table: 't' });
    expect(await held?.isHeld()).toBe(true);
    await held?.release();
  });
});
