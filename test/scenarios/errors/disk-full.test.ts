import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p } from '@mikro-orm/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseKinds } from '../../support/databases.ts';
import { openSqlite } from '../../support/connections/sqlite.ts';
import { migrateDatabase } from '../../support/migrate.ts';
import { readEvents } from '../../support/read-events.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';

/** A rebuild: SQLite copies the table. */
const rebuilt = { config: item({ name: p.string().length(50).default('x') }) };

describe.runIf(databaseKinds.includes('sqlite') && canMount())('a disk that is full under SQLite', () => {
  it('in the middle of a rebuild is told; rows stay; the next run after freeing goes on', async () => {
    const folder = mountSmall('6m');
    const url = `sqlite:${join(folder, 'app.sqlite')}`;
    await migrateDatabase({ url }, { config: item() });
    const connection = openSqlite(url);
    onTestFinished(() => connection.close());
    await connection.query(
      'insert into item (id, name) with recursive s(n) as (select 1 union all select n + 1 from s where n < 40000) select n, hex(randomblob(20)) from s',
    );
    const rows = await connection.query('select count(*) as n, min(name) as a, max(name) as z, sum(id) as s from item');
    const events = (await readEvents(connection)).length;
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(2_600_000));
    const failure = await failureOf(migrateDatabase({ url }, rebuilt));
    expect(failure).toMatchObject({
      code: 'DISK_FULL',
      exitCode: 1,
      state: expect.stringMatching(/^0 of \d changes? applied; nothing half-done$/u),
    });
    expect(
      await connection.query('select count(*) as n, min(name) as a, max(name) as z, sum(id) as s from item'),
    ).toEqual(rows);
    expect(Object.values((await connection.query('pragma integrity_check'))[0] ?? {})).toEqual(['ok']);
    expect((await readEvents(connection)).length).toBeGreaterThanOrEqual(events);
    rmSync(join(folder, 'ballast'));
    expect((await migrateDatabase({ url }, rebuilt)).report.status).toBe('done');
    expect(
      await connection.query('select count(*) as n, min(name) as a, max(name) as z, sum(id) as s from item'),
    ).toEqual(rows);
  });

  it('from the beginning is told, and nothing is left behind', async () => {
    const folder = mountSmall('1m');
    const url = `sqlite:${join(folder, 'app.sqlite')}`;
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(1_024_000));
    const failure = await failureOf(migrateDatabase({ url }, { config: item() }));
    expect(failure.code).toBe('DISK_FULL');
    rmSync(join(folder, 'ballast'));
    expect((await migrateDatabase({ url }, { config: item() })).report.status).toBe('done');
  });
});

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'mikrate-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mountSmall(size: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mikrate-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
