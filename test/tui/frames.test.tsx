import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { CurrentScreen } from '../../src/tui/App.tsx';
import { Colours } from '../../src/tui/components/Colours.tsx';
import { windowOf } from '../../src/tui/components/List.tsx';
import type { State } from '../../src/tui/state.ts';
import { play, type Play } from './support/play.ts';
import {
  addColumn,
  historyOf,
  overviewOf,
  planOf,
  renameQuestion,
  rollbackOf,
  stepOf,
  valueQuestion,
  withheld,
} from './support/samples.ts';

const manySteps = Array.from({ length: 60 }, (_, at) => ({
  ...stepOf(`s${at}`, at % 2 === 0 ? 'additive' : 'rebuilding', addColumn(`table${Math.floor(at / 3)}`, `column${at}`)),
  lock: { blocks: 'everybody', lasts: at % 2 === 0 ? 'a moment' : 'while it runs' } as const,
}));
const heldInFull = {
  ...withheld,
  sql: ['alter table users drop column fax'],
  undoSql: ['alter table users add column fax varchar(64)'],
  lock: { blocks: 'everybody', lasts: 'a moment' } as const,
};
const selection = { kind: 'to', version: 3 } as const;
const operation = addColumn('monitors', 'arrest_date');
const summary = 'add column monitors.arrest_date';
const problem = {
  code: 'OPERATION_FAILED',
  message: 'the disk is full',
  fix: 'make room',
  state: '1 of 3 changes applied; nothing half-done',
  exitCode: 1,
};

const opened = (plan = planOf(), over: Parameters<typeof overviewOf>[1] = {}): Play =>
  play().hear({ kind: 'surveyed', overview: overviewOf(plan, over) });

const running = (): Play =>
  opened()
    .press('p', 'a', 'enter')
    .hear(
      { kind: 'ticked', at: 1000 },
      {
        kind: 'fact',
        at: 1000,
        fact: {
          kind: 'planned',
          plan: { hash: 'x', changes: 3, steps: [summary, 'b', 'c'], withheld: [], notOurs: [], blocked: [] },
        },
      },
      { kind: 'fact', at: 2000, fact: { kind: 'operationApplied', step: 1, total: 3, operation, summary, ms: 1 } },
      { kind: 'fact', at: 3000, fact: { kind: 'operationStarted', step: 2, total: 3, operation, summary: 'b' } },
      { kind: 'fact', at: 4000, fact: { kind: 'progressed', summary: 'copy', done: 1000, total: 9000 } },
      { kind: 'fact', at: 5000, fact: { kind: 'progressed', summary: 'copy', done: 3000, total: 9000 } },
      { kind: 'fact', at: 6000, fact: { kind: 'waited', for: 'table', target: 'monitors', ms: 500, detail: 'pid 4' } },
      { kind: 'ticked', at: 6500 },
    );

const failed = (): Play => {
  const game = running();
  const request = game.requests.find(({ kind }) => kind === 'migrate');
  if (!request) throw new Error('nothing ran');
  return game.hear(
    { kind: 'fact', at: 7000, fact: { kind: 'statementRefused', sql: 'alter table monitors\n  add b' } },
    { kind: 'fact', at: 7000, fact: { kind: 'operationFailed', operation, summary: 'b', code: 'X', message: 'no' } },
    { kind: 'failed', request, problem: { ...problem, runId: 'run-7' } },
  );
};

const history = (): Play =>
  opened()
    .press('h')
    .hear({ kind: 'historyRead', history: historyOf(100) });

const screens: Readonly<Record<string, () => Play>> = {
  connecting: () =>
    play().hear(
      { kind: 'fact', at: 2500, fact: { kind: 'waited', for: 'server', target: 'db:5432', ms: 100 } },
      { kind: 'ticked', at: 2500 },
    ),
  overview: () =>
    opened(planOf(), {
      place: {
        server: 'PostgreSQL 15.18 at db:5432',
        host: 'db:5432',
        database: 'roster',
        user: 'app',
        environment: 'production',
      },
      drift: true,
      interrupted: ['add index monitors_name'],
      lockHolders: ['pid 4, idle in transaction on users'],
    }),
  'overview-idle': () => opened(planOf({ steps: [], withheld: [], notOurs: [] })),
  plan: () => opened().press('p'),
  'plan-filter': () => opened().press('p', '/', 'reason'),
  'plan-detail': () => opened().press('p', 'enter'),
  'plan-sql': () => opened().press('p', 's'),
  'plan-blocked': () =>
    opened(planOf({ blocked: [{ code: 'X', message: 'users has rows without a name' }] })).press('p'),
  'question-rename': () =>
    opened(planOf({ questions: [renameQuestion] }))
      .press('enter', 'down')
      .hear({ kind: 'samplesRead', table: 'users', column: 'token', values: ['k-1', 'k-2'] }),
  'question-value': () => opened(planOf({ questions: [valueQuestion] })).press('enter', 'forty', 'enter'),
  confirm: () => opened().press('p', 'a'),
  'confirm-typed': () => opened(planOf({ steps: [withheld], withheld: [] })).press('p', 'a', 'jail'),
  progress: running,
  'progress-stop': () => running().press('interrupt'),
  'result-done': () =>
    running().hear({
      kind: 'migrated',
      result: {
        status: 'done',
        applied: 3,
        head: { version: 20, hash: 'ee11'.repeat(16) },
        verification: { verdict: 'PASSED', passed: 22, total: 22 },
        log: 'schema_versions',
      },
    }),
  'result-failed': failed,
  'result-sql': () => failed().press('down', 'down', 'enter'),
  history,
  'history-filter': () => history().press('/', 'by:anna table:table3', 'enter'),
  'history-filter-unknown': () => history().press('/', 'tabel:x'),
  'history-filter-since': () => history().press('/', 'since:foo'),
  'history-event': () =>
    history().hear({
      kind: 'eventRead',
      row: {
        ...historyOf(1).events[0],
        version: 7,
        release: null,
        step: 1,
        payload: '',
        checksum: null,
        schemaBefore: null,
        schemaAfter: null,
        finishedAt: null,
        host: 'web-1',
        toolVersion: '0.1.0',
        appVersion: null,
        prevHash: '',
        hash: 'aa',
      } as never,
      payload: { sql: [{ text: 'alter table a add b', ms: 3 }] } as never,
    }),
  'history-difference': () => history().hear({ kind: 'differenceRead', from: 2, to: 9, lines: ['add column a.b'] }),
  rollback: () =>
    play({ screen: 'rollback', selection }).hear({ kind: 'rollbackPlanned', selection, look: rollbackOf() }).press('s'),
  'rollback-confirm': () =>
    play({ screen: 'rollback', selection })
      .hear({ kind: 'rollbackPlanned', selection, look: rollbackOf() })
      .press('enter', 'j'),
  help: () => history().press('?'),
  'help-detail': () => opened().press('p', 'enter', '?'),
  'help-difference': () =>
    history()
      .hear({ kind: 'differenceRead', from: 2, to: 9, lines: ['add column a.b'] })
      .press('?'),
  'plan-long': () => opened(planOf({ steps: manySteps })).press('p', ...Array.from({ length: 20 }, () => 'j')),
  'plan-withheld': () => opened(planOf({ withheld: [heldInFull] })).press('p', 'j', 'j', 'j', 'enter'),
  'plan-not-ours': () => opened().press('p', 'G', 'enter'),
};

const sizes = [
  { columns: 40, rows: 10 },
  { columns: 80, rows: 24 },
  { columns: 250, rows: 60 },
];

function frameOf(state: State): string {
  return renderToString(
    <Colours value={false}>
      <CurrentScreen state={state} />
    </Colours>,
    { columns: state.size.columns },
  );
}

describe.each(sizes)('in $columns columns and $rows rows', (size) => {
  it.each(Object.keys(screens))('%s looks as it did', async (name) => {
    const state = { ...(screens[name]?.().state as State), size };
    const frame = frameOf(state);
    const lines = frame.split('\n');
    expect(lines.length).toBeLessThan(size.rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
    await expect(`${lines.map((line) => line.trimEnd()).join('\n')}\n`).toMatchFileSnapshot(
      `frames/${name}-${size.columns}.txt`,
    );
  });
});

describe('names from a database', () => {
  const evil = 'a\u001b[2J\u0007\u202eb\u009b31m\nfine';

  it.each(Object.keys(screens))('send no control character on %s', (name) => {
    const plan = planOf({
      steps: [stepOf('s1', 'additive', addColumn(evil, evil))],
      withheld: [{ ...withheld, summary: evil, because: evil }],
      notOurs: [{ kind: 'table', table: evil, name: evil }],
      database: evil,
    });
    const game = screens[name]?.();
    if (!game) throw new Error(`no screen ${name}`);
    const state = {
      ...game.state,
      overview: overviewOf(plan, { place: { server: evil, database: evil } }),
      notice: evil,
    };
    const frame = frameOf(state);
    expect(frame.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  });
});

describe('long lists', () => {
  it('are drawn as far as they are seen', () => {
    const steps = Array.from({ length: 10_000 }, (_, at) => stepOf(`s${at}`, 'additive', addColumn(`table${at}`, 'c')));
    const game = opened(planOf({ steps })).press('p', 'G', 'k', 'k');
    expect(frameOf(game.state).split('\n').length).toBeLessThan(24);
    const events = opened()
      .press('h')
      .hear({ kind: 'historyRead', history: historyOf(100_000) })
      .press('G', 'k');
    expect(frameOf(events.state)).toContain('❯ 2 ');
  });
});

describe('a list that is longer than its place', () => {
  const all = Array.from({ length: 40 }, (_, at) => at);

  it.each([1, 2, 3, 4, 7, 39, 40])(
    'of %i lines has its cursor in view, and tells of every row that is not',
    (height) => {
      for (const cursor of all) {
        const { first, last, above, below } = windowOf(cursor, all.length, height);
        expect(first <= cursor && cursor < last).toBe(true);
        const marks = (above > 0 ? 1 : 0) + (below > 0 ? 1 : 0);
        expect(last - first + marks).toBeLessThanOrEqual(height);
        if (height > 2) expect([above, below]).toEqual([first, all.length - last]);
      }
    },
  );
});

describe('a row of the plan', () => {
  it.each([40, 60, 80, 100, 120, 160])('in %i columns says what it is, and of the rest whole words', (columns) => {
    const { state } = opened(planOf({ steps: manySteps })).press('p');
    const rows = frameOf({ ...state, size: { columns, rows: 40 } })
      .split('\n')
      .filter((line) => /\d+\. add/u.test(line));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      expect(row).toMatch(
        /column\d+ string\(64\)(?:  (?:(?:additive|rebuilding) · )?(?:blocks everybody (?:for a moment|while it runs)|(?:brief|long) lock))?\s*$|…$/u,
      );
      if (columns >= 60) expect(row).toMatch(/lock|blocks/u);
      if (columns >= 60) expect(row).not.toContain('…');
    }
  });
});

describe('a long rollback', () => {
  const [change] = rollbackOf().plan.changes;
  const whole = Array.from({ length: 40 }, (_, at) => ({
    ...change,
    undoes: 100 - at,
    summary: `create index i${at}`,
    restores: 'everything',
    losses: [],
  }));
  const values = { kind: 'values', table: 'monitors', column: 'agency', count: 32 } as const;
  const dropped = { ...change, undoes: 7, summary: 'drop column monitors.agency', restores: 'structure', losses: [] };
  const frame = (changes: readonly object[]): string =>
    frameOf(
      play({ screen: 'rollback', selection })
        .hear({ kind: 'rollbackPlanned', selection, look: rollbackOf({ changes: changes as never }) })
        .press('j', 'j', 'j', 'enter').state,
    );

  it('says first what goes and what stays away, beside the question', () => {
    const text = frame([...whole, { ...dropped, gone: [values] }, change ?? {}]);
    expect(text.split('\n').slice(1, 6)).toEqual([
      '🔴 7 values are lost',
      '  · 7 values of users.api_key are lost',
      '🟡 Does not come back',
      expect.stringContaining('32 values of monitors.agency, which went when it was dropped'),
      expect.anything(),
    ]);
    expect(text).toContain('Type jail-roster.sqlite to take this back');
  });

  it('says that nothing is lost only where everything comes back', () => {
    expect(frame(whole)).toContain('Nothing is lost');
    expect(frame([...whole, { ...dropped, gone: [values] }])).not.toContain('Nothing is lost');
    expect(frame([...whole, { ...dropped, gone: [{ ...values, count: undefined }] }])).toMatch(/were not\s+counted/u);
  });
});

describe('a rollback that cannot be', () => {
  const blocked = [{ code: 'ROLLBACK_IMPOSSIBLE', message: '1.sql is taken back as a whole' }];
  const frame = (over: Parameters<typeof rollbackOf>[0]): string =>
    frameOf(
      play({ screen: 'rollback', selection }).hear({ kind: 'rollbackPlanned', selection, look: rollbackOf(over) })
        .state,
    );

  it('offers no going on, but what can be taken back instead', () => {
    expect(frame({})).toContain('enter go on');
    expect(frame({ blocked })).not.toContain('enter');
    const text = frame({ blocked, choices: [{ to: 3, says: 'leave 1.sql as it is' }] });
    expect(text).toContain('❯ Leave 1.sql as it is');
    expect(text).not.toMatch(/go on|--to/u);
  });
});

describe('marks', () => {
  it.each(Object.keys(screens))('on %s have one width in every terminal', (name) => {
    const game = screens[name]?.();
    // Terminals do not agree on how wide a character with a variation selector is.
    expect(game && frameOf(game.state)).not.toContain('\ufe0f');
  });
});

it('what is said is shown whole, and the screen stays within the terminal', () => {
  const notice =
    '🔁 what the models ask for changed since it was shown: 16 changes of files were applied, nothing else was';
  const state = { ...opened().press('p').state, notice, size: { columns: 60, rows: 12 } };
  const frame = frameOf(state);
  expect(frame.replaceAll(/\s+/gu, ' ')).toContain('nothing else was');
  expect(frame.split('\n').length).toBeLessThan(12);
});

it('shows a problem of several lines as one, and all of it where it is opened', () => {
  const missing =
    'migrations that were applied have no file any more:\n  - 1 (migrations/1.sql)\n  - 2 (migrations/2.sql)';
  const game = opened(planOf({ blocked: [{ code: 'MIGRATION_MISSING', message: missing }] }));
  const wide = (): string => frameOf({ ...game.state, size: { columns: 250, rows: 60 } });
  const line = 'migrations that were applied have no file any more: 1 (migrations/1.sql); 2 (migrations/2.sql)';
  expect(wide()).toContain(line);
  game.press('p');
  expect(wide()).toContain(line);
  game.press('enter');
  expect(wide()).toMatch(/any more:\n +- 1 \(migrations\/1\.sql\)\n/u);
  const edited = 'the migration a was changed after it was applied:\n-    1 a\n+    1 b';
  const other = opened(planOf({ blocked: [{ code: 'MIGRATION_EDITED', message: edited }] }));
  expect(frameOf(other.state)).toContain('was changed after it was applied: …');
});

it('says of a release that was rolled back that it comes again, not that the same is done', () => {
  const game = opened(planOf(), { release: { mine: 'r2', database: 'r1', standing: 'ahead' } }).press('p', 'a');
  expect(frameOf(game.state)).toContain('the release was rolled back here: it comes again, by this plan');
});
