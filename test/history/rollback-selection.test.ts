import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/history/event.ts';
import { liveChanges } from '../../src/history/live-changes.ts';
import { restoreRelease } from '../../src/history/restored-release.ts';
import { selectRollback } from '../../src/history/rollback-selection.ts';
import { wayBack } from '../../src/history/way-back.ts';
import type { Operation } from '../../src/operations/index.ts';

const raw: Operation = { kind: 'rawSql', summary: 'statement', up: 'x', declared: 'additive' };
const word = { name: 'b', type: { type: 'integer', bits: 32 }, nullable: true } as const;
const addColumn: Operation = { kind: 'addColumn', table: 'item', column: word };
const file = { path: 'migrations/1.sql', format: 'sql', checksum: '1:a:b', text: '' };
const down = { ...file, down: ['drop b', 'drop a'] };

/** Events with versions from 1. */
function log(...events: readonly Partial<EventPayload>[]): EventPayload[] {
  return events.map((event, at) => ({
    v: 1,
    version: at + 1,
    run: 'r',
    migration: `auto-${at + 1}`,
    step: 0,
    source: 'models',
    event: 'applied',
    summary: `event ${at + 1}`,
    sql: [],
    startedAt: '',
    actor: '',
    host: '',
    tool: '',
    ...event,
  }));
}

const ofFile = { migration: '1', source: 'legacy', operation: raw } as const;
const targets = (payloads: readonly EventPayload[], version: number) =>
  selectRollback(payloads, { kind: 'to', version }).changes.map(({ kind, event }) => [kind, event.version]);

test('each event of a long file is looked at a few times, not once for each of the others', () => {
  const count = 2000;
  const steps = Array.from({ length: count }, () => ofFile);
  const payloads = log(...steps, { ...ofFile, file: down });
  let looks = 0;
  const watched = payloads.map((payload) =>
    Object.defineProperty({ ...payload }, 'version', {
      enumerable: true,
      get: () => {
        looks += 1;
        return payload.version;
      },
    }),
  );
  expect(liveChanges(watched).map(({ steps: { length } }) => length)).toEqual([count + 1]);
  expect(looks).toBeLessThan(10 * count);
});

describe('what is chosen', () => {
  test('a file with SQL of its own for the way back is one change; a part of it is refused with what to choose', () => {
    const payloads = log({ operation: addColumn }, ofFile, { ...ofFile, file: down }, { operation: addColumn });
    expect(targets(payloads, 0)).toEqual([
      ['step', 4],
      ['file', 3],
      ['step', 1],
    ]);
    const cut = selectRollback(payloads, { kind: 'to', version: 2 });
    expect(cut.problems).toEqual(['1 (versions 2 to 3) is taken back as a whole']);
    expect(cut.choices).toEqual([
      { to: 1, says: 'take back all of 1 and everything after version 1 (2 changes)' },
      { to: 3, says: 'leave 1 as it is, and take back everything after version 3 (1 change)' },
    ]);
    expect(selectRollback(payloads, { kind: 'to', version: 1 }).choices).toEqual([]);
    expect(selectRollback(payloads, { kind: 'to', version: 1 }).problems).toEqual([]);
  });

  test('a file that two runs finished cannot go with one of them; what can go instead takes something back', () => {
    const payloads = log({ ...ofFile, run: 'first' }, { ...ofFile, run: 'second', file: down });
    const { problems, choices } = selectRollback(payloads, { kind: 'run', id: 'second' });
    expect(problems.length).toBe(1);
    expect(choices.map(({ to }) => to)).toEqual([0]);
  });

  test('what is taken back is chosen no more, a file with its last statement as a whole', () => {
    const back = { event: 'rolled_back', source: 'rollback' } as const;
    const payloads = log({ operation: addColumn }, ofFile, { ...ofFile, file: down }, { ...back, ref: 3 });
    expect(targets(payloads, 0)).toEqual([['step', 1]]);
    const done = [...payloads, ...log({ ...back, ref: 1 }).map((event) => ({ ...event, version: 5 }))];
    expect(() => selectRollback(done, { kind: 'steps', count: 1 })).toThrow('no change is left');
  });

  test('a step that was there already goes with the others of its file, in the log alone', () => {
    const typed = { ...ofFile, operation: addColumn };
    const skipped = log(typed, { ...typed, event: 'skipped', file });
    expect(targets(skipped, 0)).toEqual([
      ['mark', 2],
      ['step', 1],
    ]);
    const whole = log({ operation: addColumn }, { ...typed, event: 'skipped', file });
    expect(targets(whole, 0)).toEqual([['step', 1]]);
  });

  test('a step that a later run settled belongs to the run that began it', () => {
    const started = { event: 'started', run: 'crashed', operation: addColumn } as const;
    const payloads = log(started, { event: 'settled', ref: 1, run: 'later', operation: addColumn });
    expect(selectRollback(payloads, { kind: 'run', id: 'crash' }).changes.length).toBe(1);
    expect(() => selectRollback(payloads, { kind: 'run', id: 'later' })).toThrow('nothing of the run later is left');
  });
});

describe('the way back', () => {
  const only = (...events: readonly Partial<EventPayload>[]) => {
    const [change] = liveChanges(log(...events)).toReversed();
    if (!change) throw new Error('no change');
    return wayBack(change);
  };

  test('SQL of an author goes by the SQL of the file, else by what it was seen to do, else not at all', () => {
    expect(only({ ...ofFile, file: down, derived: [addColumn] })).toMatchObject({
      restores: 'structure',
      operations: [{ up: 'drop b' }, { up: 'drop a' }],
    });
    expect(only({ ...ofFile, file, derived: [addColumn] })).toMatchObject({
      restores: 'everything',
      operations: [{ kind: 'dropColumn' }],
    });
    const code = { ...file, undoIsCode: true } as const;
    expect(only({ ...ofFile, file: code, derived: [addColumn] })).toMatchObject({ kind: 'operations' });
    expect(only({ ...ofFile, file: code, derived: [] })).toEqual({
      kind: 'impossible',
      because: 'its way back is code in migrations/1.sql',
    });
    expect(only({ ...ofFile, file, derived: [] })).toMatchObject({ kind: 'impossible' });
  });

  test('a statement of a file that is not finished waits for the rest of it', () => {
    expect(only({ ...ofFile, derived: [] })).toEqual({
      kind: 'impossible',
      because: expect.stringMatching(/^1 has run in part.*let the rest of it run first/u),
    });
    expect(only({ ...ofFile, derived: [addColumn] })).toMatchObject({ kind: 'operations' });
  });

  test('the parts that ran before a crash are not run again', () => {
    const part = { event: 'applied', source: 'rollback', ref: 1, part: true } as const;
    expect(only({ ...ofFile, file: down }, part)).toMatchObject({ operations: [{ up: 'drop a' }] });
  });

  test('an operation that a newer version wrote is not guessed', () => {
    expect(only({ object: 'item' })).toMatchObject({ kind: 'impossible', because: expect.stringContaining('know') });
  });
});

describe('the release that comes back', () => {
  const run = (release: string) => ({ event: 'run', release }) as const;
  const step = (release: string) => ({ operation: addColumn, release }) as const;

  test.each([
    ['the one before, where all of the last goes', 2, 'a', ['b']],
    ['the one before, where only the first event of the last stays', 3, 'a', ['b']],
    ['the same, where some of it stays', 4, 'b', ['b']],
    ['none, where all goes', 0, undefined, ['a', 'b']],
  ])('%s', (_what, target, release, withdrawn) => {
    const payloads = log(run('a'), step('a'), run('b'), step('b'), step('b'));
    const steps = payloads.filter(({ operation }) => operation);
    const split = { taken: steps.filter((s) => s.version > target), kept: steps.filter((s) => s.version <= target) };
    const restored = restoreRelease(payloads, { target, ...split });
    expect(restored.release?.id).toBe(release);
    expect(restored.withdrawn.toSorted()).toEqual(withdrawn);
  });
});
