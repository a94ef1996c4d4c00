import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/config/connect.ts';
import { findDamage } from '../../../src/history/chain.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../../support/databases.ts';
import { migrateDatabase } from '../../support/migrate.ts';
import { compareOracles, readOracle } from '../../support/oracle/index.ts';
import { readEvents } from '../../support/read-events.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const moments = 10;
const isStopped = (code: number | null): boolean => code === 130 || code === 143;

describe.each(databaseKinds)('a signal on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'signal' });
  });
  afterEach(() => database.drop());

  it(`at any of ${moments} moments is obeyed between two changes, and the next run goes on`, async () => {
    const whole = await createDatabase(kind);
    await migrateDatabase(whole);
    const expected = await readOracle(whole);
    await whole.drop();
    const exits: (number | null)[] = [];
    for (let at = 0; at < moments || (at < 4 * moments && !exits.some(isStopped)); at += 1) {
      const signal = at % 2 === 0 ? 'SIGTERM' : 'SIGINT';
      const { code, output } = await signalled(signal, at);
      // Before its handlers are there, a signal ends Node.js itself; behind its last change, the run is done.
      expect([0, null, signal === 'SIGTERM' ? 143 : 130], output).toContain(code);
      if (code !== 0 && code !== null) expect(output).toMatch(/INTERRUPTED|SERVER_UNREACHABLE/u);
      exits.push(code);
      if (code !== 0) continue;
      await database.drop();
      database = await createDatabase(kind, { name: 'signal' });
    }
    expect(exits.some(isStopped)).toBe(true);
    await migrateDatabase(database);
    expect(compareOracles(expected, await readOracle(database))).toEqual([]);
    const events = await readEvents(database);
    expect(findDamage(events)).toBeUndefined();
    const done = events.filter(({ event }) => event === 'applied' || event === 'settled').map(({ summary }) => summary);
    expect(new Set(done).size).toBe(done.length);
    expect((await migrateDatabase(database)).report.status).toBe('nothing');
  });

  /** Sends the signal some moments after the run has begun to talk, a little later each time. */
  async function signalled(signal: NodeJS.Signals, at: number): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, [main, '--ci'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: database.url },
    });
    let output = '';
    let told = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (told || !output.includes(at < 3 ? '🚀' : '📋')) return;
        told = true;
        void sleep(Math.random() * (kind === 'sqlite' ? 20 : 60)).then(() => child.kill(signal));
      });
    }
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  }
});

it('while the server is waited for ends the wait', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort('SIGTERM'), 300);
  const config = {
    file: fileURLToPath(new URL('../../../mikro-orm.config.ts', import.meta.url)),
    options: item(),
    migrate: {},
  };
  const start = performance.now();
  const failure = await failureOf(
    connect({ config, databaseUrl: 'postgresql://u@127.0.0.1:1/d', env: {}, wait: 30_000, signal: stop.signal }),
  );
  expect(failure).toMatchObject({ code: 'INTERRUPTED', exitCode: 130, state: 'nothing was changed' });
  expect(performance.now() - start).toBeLessThan(5_000);
});
