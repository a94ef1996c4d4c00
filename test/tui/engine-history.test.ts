import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { answer, undecided } from '../../src/review/decisions.ts';
import { readAnswersFile } from '../../src/config/answers-file.ts';
import { createDatabase, databaseKinds } from '../support/databases.ts';
import { runCli } from '../support/run-cli.ts';
import { bring, createEngineProject, listener, oneTable, otherTable } from './support/engine-project.ts';

const plain = `name: p.string().length(50), address: p.string().length(50).nullable()`;

describe.each(databaseKinds)('%s', (kind) => {
  test('the log is listed without payloads, and one event, a schema and a difference are told', async () => {
    const database = await createDatabase(kind, { name: 'log' });
    const project = createEngineProject(database);
    const first = project.engine(oneTable(plain));
    expect((await first.readHistory(listener())).events).toEqual([]);
    await bring(first);
    const renamed = answer(undecided, 'item', 'email', { renamedFrom: 'address' });
    const engine = project.engine(
      oneTable(`name: p.string().length(50).unique('item_name'), email: p.string().length(50).nullable()`, otherTable),
    );
    const head = await bring(engine, renamed);
    const { place, events } = await engine.readHistory(listener());
    expect(place.database).toBe((await engine.survey(undecided, listener())).place.database);
    expect(events.map(({ version }) => version)).toEqual(events.map((_, at) => at + 1));
    expect(events.at(-1)).toMatchObject({ version: head.head?.version, event: 'verified', runId: head.runId });
    const rename = events.findLast(({ operation }) => operation === 'renameColumn');
    expect(rename).toMatchObject({
      event: 'applied',
      source: 'models',
      object: 'item.email',
      durationMs: expect.any(Number),
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/u),
      error: null,
    });
    const { row, payload } = await engine.readEvent(rename?.version ?? 0);
    expect(row).toMatchObject(rename ?? {});
    expect(payload.operation).toEqual({ kind: 'renameColumn', table: 'item', from: 'address', to: 'email' });
    await expect(engine.readEvent(999)).rejects.toMatchObject({
      code: 'VERSION_UNKNOWN',
      message: expect.stringMatching(/there is no version 999: the log has 1 to \d+/u),
    });

    const before = events.find(({ event }) => event === 'verified')?.version ?? 0;
    const after = head.head?.version ?? 0;
    const lines = await engine.readSchema(before);
    expect(lines.map((line) => line.trim().split(' ').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining(['table item', 'name string(50)', 'address string(50)', 'primary key']),
    );
    expect(lines).not.toContain('table other');
    expect(await engine.readSchema(after)).toContain('table other');
    const forwards = await engine.readDifference(before, after);
    expect(forwards).toContain('rename column item.address to email');
    expect(forwards.filter((line) => /^(add|drop) column/u.test(line))).toEqual([]);
    expect(await engine.readDifference(after, before)).toContain('rename column item.email to address');
    expect(await engine.readDifference(after, after)).toEqual([]);
    const args = ['history', 'diff', String(before), String(after), '--config', 'state-2.config.ts'];
    const shown = await runCli(database, args, { cwd: project.folder });
    expect(shown.stdout.trim().split('\n')).toEqual(forwards);
    await database.drop();
  });

  test('up to three values of a column are shown, cut, and one that is not there breaks nothing', async () => {
    const database = await createDatabase(kind, { name: 'values' });
    const project = createEngineProject(database);
    const engine = project.engine(oneTable(`name: p.string().length(100), age: p.integer().nullable()`));
    await bring(engine);
    const names = ['a', 'b', 'a', 'c', 'd', 'e'].map((name, at) => `(${at + 1}, '${name}', null)`);
    await database.run([`insert into item (id, name, age) values ${names.join(', ')}`]);
    const values = await engine.sampleValues('item', 'name');
    expect(values).toHaveLength(3);
    expect(new Set([...values, 'a', 'b', 'c', 'd', 'e']).size).toBe(5);
    expect(await engine.sampleValues('item', 'age')).toEqual([]);
    await database.run([`update item set name = '${'x'.repeat(99)}', age = 12`]);
    expect(await engine.sampleValues('item', 'name')).toEqual(['x'.repeat(60)]);
    expect(await engine.sampleValues('item', 'age')).toEqual(['12']);
    for (const [table, column] of [
      ['item', 'nothing'],
      ['no_table', 'id'],
      ['item', 'na"me`; drop table item'],
      ['item\u0000', 'id'],
      ['', ''],
    ] as const)
      expect(await engine.sampleValues(table, column)).toEqual([]);
    await database.drop();
  });

  test('saved answers serve an unattended run, and saving more keeps those that were there', async () => {
    const database = await createDatabase(kind, { name: 'answers' });
    const project = createEngineProject(database);
    const engine = project.engine(oneTable(plain));
    await bring(engine);
    await database.run([`insert into item (id, name, address) values (1, 'a', 'x')`]);
    const renamed = answer(undecided, 'item', 'email', { renamedFrom: 'address' });
    const afterwards = oneTable(
      `name: p.string().length(50), email: p.string().length(50).nullable(), age: p.integer()`,
    );
    const next = project.engine(afterwards);
    const file = await next.saveAnswers(renamed.answers);
    expect(file).toBe(join(project.folder, 'mikrate.answers.json'));
    await next.saveAnswers(answer(undecided, 'item', 'age', { backfill: { value: 3 } }).answers);
    expect(readAnswersFile(file)).toEqual(answer(renamed, 'item', 'age', { backfill: { value: 3 } }).answers);
    const answered = { flags: { answers: 'mikrate.answers.json' } };
    const config = ['--config', 'state-2.config.ts', '--answers', 'mikrate.answers.json'];
    const cwd = project.folder;
    expect((await next.survey(undecided, listener())).plan.blocked).not.toEqual([]);
    if (kind === 'sqlite') {
      const written = await runCli(database, ['generate', 'with answers', ...config], { cwd });
      const path = /Written to (\S+?):/u.exec(written.stdout)?.[1] ?? '';
      const text = readFileSync(join(project.folder, path), 'utf8');
      expect(text).toMatch(/renameColumn[^]*addColumn[^]*backfill/u);
      rmSync(join(project.folder, 'migrations'), { recursive: true });
    }
    const applied = await runCli(database, ['--ci', ...config], { cwd });
    expect(applied.exit, applied.stderr).toBe(0);
    expect(await database.query('select email, age from item')).toMatchObject([{ email: 'x' }]);
    // They fit nothing any more, and harm nothing.
    const again = await project.engine(afterwards, answered).survey(undecided, listener());
    expect([again.plan.steps, again.plan.blocked]).toEqual([[], []]);
    await database.drop();
  });

  test('another session that holds locks is named', async () => {
    if (kind === 'sqlite') return;
    const database = await createDatabase(kind, { name: 'holders' });
    const project = createEngineProject(database);
    const engine = project.engine(oneTable(plain));
    await bring(engine);
    const next = project.engine(oneTable(`${plain}, age: p.integer().nullable()`));
    expect((await next.survey(undecided, listener())).lockHolders).toEqual([]);
    await database.run(['begin', `insert into item (id, name) values (1, 'a')`]);
    // MariaDB answers from a cache of a tenth of a second.
    await sleep(300);
    const { lockHolders } = await next.survey(undecided, listener());
    expect(lockHolders).toEqual([expect.stringContaining('process')]);
    await database.run(['rollback']);
    await database.drop();
  });
});
