import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/events/facts.ts';
import { choicesOf } from '../../src/tui/screens/result/state.ts';
import type { Problem } from '../../src/tui/message.ts';
import type { Screen } from '../../src/tui/state.ts';
import { planRows } from '../../src/tui/screens/plan/plan-rows.ts';
import { play, type Play } from './support/play.ts';
import {
  addColumn,
  historyOf,
  overviewOf,
  planOf,
  renameQuestion,
  rollbackOf,
  secondRename,
  stepOf,
  valueQuestion,
  withheld,
} from './support/samples.ts';

const problem: Problem = {
  code: 'OPERATION_FAILED',
  message: 'the disk is full',
  fix: 'make room',
  state: '1 of 3 changes applied; nothing half-done',
  exitCode: 1,
};

/** A play that has its overview. */
function surveyed(plan = planOf(), over: Parameters<typeof overviewOf>[1] = {}): Play {
  const game = play().hear({ kind: 'surveyed', overview: overviewOf(plan, over) });
  game.asked();
  return game;
}

function screenOf<Name extends Screen['name']>({ state }: Play, name: Name): Extract<Screen, { name: Name }> {
  expect(state.screen.name).toBe(name);
  return state.screen as Extract<Screen, { name: Name }>;
}

describe('opening', () => {
  it('looks at the database first, and says so', () => {
    const game = play();
    expect(game.asked().map(({ kind }) => kind)).toEqual(['survey']);
    expect(game.state.activity?.what).toBe('looking at the database');
    game.hear({ kind: 'fact', fact: { kind: 'waited', for: 'server', target: 'db:5432', ms: 100 }, at: 100 });
    expect(game.state.activity?.detail).toBe('waiting for db:5432');
  });

  it('of the history reads the log, of a rollback its plan', () => {
    expect(play({ screen: 'history' }).asked()).toEqual([{ kind: 'readHistory' }]);
    const selection = { kind: 'steps', count: 2 } as const;
    expect(play({ screen: 'rollback', selection }).asked()).toEqual([{ kind: 'planRollback', selection }]);
    expect(play({ screen: 'rollback' }).asked()).toEqual([{ kind: 'readHistory' }]);
  });

  it('knows the database from whatever tells of it first', () => {
    expect(play().state.place).toBeUndefined();
    expect(surveyed().state.place).toEqual(overviewOf().place);
    const history = historyOf(3);
    expect(play({ screen: 'history' }).hear({ kind: 'historyRead', history }).state.place).toEqual(history.place);
    const selection = { kind: 'steps', count: 2 } as const;
    const look = rollbackOf();
    const game = play({ screen: 'rollback', selection }).hear({ kind: 'rollbackPlanned', selection, look });
    expect(game.state.place).toEqual(look.place);
  });

  it('leaves at once while it looks', () => {
    for (const key of ['q', 'interrupt']) expect(play().press(key).requests.at(-1)).toEqual({ kind: 'quit', code: 0 });
  });

  it('takes no key for more before there is something to see', () => {
    const game = play();
    game.asked();
    game.press('enter', 'p');
    expect(game.asked()).toEqual([]);
    expect(game.state.screen.name).toBe('overview');
  });
});

describe('help', () => {
  it('is there on every screen, scrolls, and any other key leaves it', () => {
    const game = surveyed().press('p', '?');
    expect(game.state.help).toBe(0);
    expect(game.press('down', 'down').state.help).toBe(2);
    game.press('x');
    expect(game.state.help).toBeUndefined();
    expect(screenOf(game, 'plan').cursor).toBe(2);
  });
});

describe('a text', () => {
  const key = (name: 'up' | 'end' | 'pageDown') => ({ kind: 'key' as const, press: { name }, textEnd: 30 });

  it('is scrolled to its end and no further, so that the way back begins at once', () => {
    const game = surveyed().press('p', 's');
    const scrolls = (['end', 'up', 'pageDown', 'pageDown', 'pageDown', 'up'] as const).map((name) => {
      game.hear(key(name));
      return screenOf(game, 'plan').detail?.scroll;
    });
    expect(scrolls).toEqual([30, 29, 30, 30, 30, 29]);
  });
});

describe('overview', () => {
  it('goes on to the plan, to the history, and looks again', () => {
    expect(surveyed().press('enter').state.screen.name).toBe('plan');
    expect(surveyed().press('p').state.screen.name).toBe('plan');
    expect(surveyed().press('h').asked()).toEqual([{ kind: 'readHistory' }]);
    expect(
      surveyed()
        .press('r')
        .asked()
        .map(({ kind }) => kind),
    ).toEqual(['survey']);
  });

  it('goes on to the questions first where there are some', () => {
    const game = surveyed(planOf({ questions: [renameQuestion] }));
    expect(game.press('enter').state.screen.name).toBe('questions');
  });

  it('ends where there is nothing to do', () => {
    const idle = planOf({ steps: [], withheld: [], notOurs: [] });
    expect(surveyed(idle).press('enter').asked()).toEqual([{ kind: 'quit', code: 0 }]);
  });
});

describe('plan', () => {
  it('moves over what can be opened, never onto a heading', () => {
    const plan = planOf();
    const game = surveyed(plan).press('p');
    const rows = planRows(plan, '');
    for (const key of ['j', 'down', 'j', 'j', 'pageDown', 'G', 'k', 'up', 'pageUp', 'g', 'home', 'end']) {
      game.press(key);
      expect(rows[screenOf(game, 'plan').cursor]?.kind).not.toBe('heading');
    }
  });

  it('opens a step and the SQL of all, and comes back', () => {
    const game = surveyed().press('p', 'j', 'enter');
    expect(screenOf(game, 'plan').detail).toEqual({ of: 'row', scroll: 0 });
    game.press('j', 'j', 'k');
    expect(screenOf(game, 'plan').detail?.scroll).toBe(1);
    game.press('escape');
    expect(screenOf(game, 'plan').detail).toBeUndefined();
    expect(screenOf(game.press('s'), 'plan').detail?.of).toBe('all');
    expect(screenOf(game.press('s'), 'plan').detail).toBeUndefined();
  });

  it('filters by words; letters are text meanwhile', () => {
    const game = surveyed().press('p', '/', 'arrestq?');
    expect(screenOf(game, 'plan').filter).toBe('arrestq?');
    game.press('backspace', 'backspace', 'enter');
    const { filter, isFiltering } = screenOf(game, 'plan');
    expect([filter, isFiltering]).toEqual(['arrest', false]);
    const found = planRows(planOf(), 'arrest').filter(({ kind }) => kind === 'step');
    expect(found).toHaveLength(2);
    expect(screenOf(game.press('escape'), 'plan').filter).toBe('');
    expect(game.press('escape').state.screen.name).toBe('overview');
  });

  it('leaves a step out, plans again, and tells what followed', () => {
    const game = surveyed().press('p', ' ');
    const [request] = game.asked();
    expect(request).toMatchObject({ kind: 'survey', decisions: { leftOut: ['addColumn monitors.arrest_date'] } });
    const follower = { ...stepOf('w2', 'widening', addColumn('monitors', 'arrest_reason')), because: 'it needs "x"' };
    game.hear({ kind: 'surveyed', overview: overviewOf(planOf({ withheld: [withheld, follower] })) });
    expect(game.state.notice).toContain('Left out with it: add column monitors.arrest_reason');
    game.press(' ');
    expect(game.asked()).toMatchObject([{ decisions: { leftOut: [] } }]);
  });

  it('includes what is withheld, and takes that back', () => {
    const plan = planOf({ steps: [] });
    const game = surveyed(plan).press('p', ' ');
    expect(game.asked()).toMatchObject([{ decisions: { included: ['dropColumn users.fax'], leftOut: [] } }]);
    game.hear({ kind: 'surveyed', overview: overviewOf(planOf({ steps: [withheld], withheld: [] })) });
    game.press('g', ' ');
    expect(game.asked()).toMatchObject([{ decisions: { included: [], leftOut: [] } }]);
  });

  it('keeps the cursor on what was left out', () => {
    const game = surveyed().press('p', ' ');
    const out = { ...stepOf('w9', 'additive', addColumn('monitors', 'arrest_date')), because: 'left out this time' };
    const { steps } = planOf();
    game.hear({ kind: 'surveyed', overview: overviewOf(planOf({ steps: steps.slice(1), withheld: [withheld, out] })) });
    const { cursor } = screenOf(game, 'plan');
    const plan = game.state.overview?.plan;
    expect(plan && planRows(plan, '')[cursor]).toMatchObject({ step: { id: 'w9' } });
  });

  it.each([
    ['what is not ours', planOf({ steps: [], withheld: [] }), 'adopt --own all'],
    [
      'what needs a step that is out',
      planOf({ steps: [], withheld: [{ ...withheld, because: 'it needs "x"' }] }),
      'needs',
    ],
  ])('says why %s cannot be included', (_, plan, said) => {
    const game = surveyed(plan).press('p', ' ');
    expect(game.asked()).toEqual([]);
    expect(game.state.notice).toContain(said);
  });

  it('does not take steps out of a file', () => {
    const files = [
      { name: 'a', path: 'migrations/a.ts', format: 'typed', steps: [stepOf('f1', 'additive', addColumn('a', 'b'))] },
    ];
    const game = surveyed(planOf({ files })).press('p', ' ');
    expect(game.asked()).toEqual([]);
    expect(game.state.notice).toContain('cannot be left out');
  });

  it('saves answers where there are some', () => {
    const game = surveyed().press('p', 'w');
    expect(game.asked()).toEqual([]);
    expect(game.state.notice).toContain('no answers');
    const asked = surveyed(planOf({ questions: [renameQuestion] })).press('enter', 'down', 'enter');
    asked.hear({ kind: 'surveyed', overview: overviewOf() });
    asked.asked();
    expect(asked.press('w').asked()).toMatchObject([{ kind: 'saveAnswers' }]);
    asked.hear({ kind: 'answersSaved', file: 'mikrate.answers.json' });
    expect(asked.state.notice).toContain('--answers mikrate.answers.json');
  });
});

describe('questions', () => {
  it('offers each candidate and a new column; a taken candidate is gone', () => {
    const game = surveyed(planOf({ questions: [renameQuestion, secondRename] })).press('enter');
    expect(game.asked().map(({ kind }) => kind)).toEqual(['readSamples', 'readSamples']);
    game.hear({ kind: 'samplesRead', table: 'users', column: 'token', values: ['abc'] });
    game.hear({ kind: 'samplesRead', table: 'users', column: 'secret', values: [] });
    expect(Object.values(screenOf(game, 'questions').samples)).toEqual([['abc'], []]);
    expect(game.press('enter').state.notice).toContain('Choose one');
    game.press('down', 'enter');
    expect(game.state.decisions.answers.tables['users']?.columns['api_key']).toEqual({ renamedFrom: 'token' });
    game.press('down', 'down', 'enter');
    expect(game.state.decisions.answers.tables['users']?.columns['other_key']).toEqual({ renamedFrom: false });
    expect(game.asked().map(({ kind }) => kind)).toEqual(['survey']);
    expect(game.hear({ kind: 'surveyed', overview: overviewOf() }).state.screen.name).toBe('plan');
  });

  it('does not ask what rows get in a column that was renamed, but does where it is new', () => {
    const { table, column } = renameQuestion;
    const questions = [renameQuestion, { ...valueQuestion, table, column }];
    const renamed = surveyed(planOf({ questions })).press('enter', 'down', 'enter');
    expect(renamed.requests.at(-1)?.kind).toBe('survey');
    const fresh = surveyed(planOf({ questions })).press('enter', 'up', 'enter');
    expect(screenOf(fresh, 'questions')).toMatchObject({ at: 1, asks: 'value' });
  });

  it('asks no more where the last candidate is taken', () => {
    const one = { ...renameQuestion, candidates: renameQuestion.candidates.slice(0, 1) };
    const game = surveyed(planOf({ questions: [one, { ...one, column: 'b' }] })).press('enter');
    game.asked();
    expect(
      game
        .press('down', 'enter')
        .asked()
        .map(({ kind }) => kind),
    ).toEqual(['survey']);
  });

  it('checks a value against the type, and takes an expression as it is', () => {
    const game = surveyed(planOf({ questions: [valueQuestion] })).press('enter', '40000', 'enter');
    expect(screenOf(game, 'questions').problem).toContain('"40000" is not between -32768 and 32767');
    game.press('backspace', 'enter');
    expect(game.state.decisions.answers.tables['users']?.columns['age']).toEqual({ backfill: { value: 4000 } });
    const other = surveyed(planOf({ questions: [valueQuestion] })).press('enter', 'tab', 'enter');
    expect(screenOf(other, 'questions').problem).toContain('expression');
    other.press('length(q)', 'enter');
    expect(other.state.decisions.answers.tables['users']?.columns['age']).toEqual({ backfill: { sql: 'length(q)' } });
  });

  it('comes again where the plan still asks', () => {
    const questions = [valueQuestion];
    const game = surveyed(planOf({ questions })).press('enter', '1', 'enter');
    game.hear({ kind: 'surveyed', overview: overviewOf(planOf({ questions })) });
    expect(screenOf(game, 'questions').at).toBe(0);
    expect(game.press('escape').state.screen.name).toBe('overview');
  });

  it('goes on without samples where they cannot be had', () => {
    const game = surveyed(planOf({ questions: [renameQuestion] })).press('enter');
    const request = { kind: 'readSamples', table: 'users', column: 'token' } as const;
    game.hear({ kind: 'failed', request, problem });
    expect(Object.values(screenOf(game, 'questions').samples)).toEqual([[]]);
  });
});

describe('a question', () => {
  it('can be gone back to, and answered otherwise', () => {
    const game = surveyed(planOf({ questions: [renameQuestion, secondRename] })).press('enter', 'down', 'enter');
    expect(screenOf(game, 'questions').at).toBe(1);
    game.press('escape');
    expect(screenOf(game, 'questions')).toMatchObject({ at: 0, taken: [] });
    game.press('down', 'down', 'enter');
    expect(game.state.decisions.answers.tables['users']?.columns['api_key']).toEqual({ renamedFrom: 'secret' });
  });

  it('is asked anew from the plan', () => {
    const game = surveyed(planOf({ questions: [renameQuestion] })).press('enter', 'down', 'enter');
    game.hear({ kind: 'surveyed', overview: overviewOf() });
    game.asked();
    expect(game.press('e').asked()).toMatchObject([{ kind: 'survey', decisions: { answers: { tables: {} } } }]);
    game.hear({ kind: 'surveyed', overview: overviewOf(planOf({ questions: [renameQuestion] })) });
    expect(screenOf(game, 'questions').at).toBe(0);
  });

  it('that is asked anew and left keeps the answer that there was', () => {
    const game = surveyed(planOf({ questions: [renameQuestion, secondRename] })).press('enter', 'down', 'enter');
    game.press('down', 'enter').hear({ kind: 'surveyed', overview: overviewOf() });
    const { decisions } = game.state;
    game.press('e').hear({
      kind: 'surveyed',
      overview: overviewOf(planOf({ questions: [renameQuestion, secondRename] })),
    });
    game.press('down', 'down', 'enter');
    expect(game.state.decisions).not.toEqual(decisions);
    game.asked();
    expect(game.press('escape', 'escape').asked().at(-1)).toEqual({ kind: 'survey', decisions });
    expect(game.state.decisions).toEqual(decisions);
    game.hear({ kind: 'surveyed', overview: overviewOf() });
    expect(game.state.screen.name).toBe('plan');
  });

  it('is behind the row of the plan that it blocks', () => {
    const blocked = [{ code: 'ANSWER_NEEDED', message: 'renamed or new?' }];
    const game = surveyed(planOf({ questions: [renameQuestion], blocked })).press('p', 'enter');
    expect(game.state.screen.name).toBe('questions');
  });
});

describe('confirm', () => {
  it('runs the plan that was shown, with what was decided', () => {
    const game = surveyed().press('p', 'a');
    expect(screenOf(game, 'confirm').expects).toBeUndefined();
    game.press('enter');
    const plan = overviewOf();
    expect(game.asked()).toMatchObject([
      { kind: 'migrate', review: { hash: plan.reviewHash, redo: false, leftOut: [], included: [] } },
    ]);
    expect(game.state.screen.name).toBe('progress');
  });

  it('goes back without a change', () => {
    for (const key of ['escape']) {
      const game = surveyed().press('p', 'a', key);
      expect(game.state.screen.name).toBe('plan');
      expect(game.asked()).toEqual([]);
    }
  });

  it('wants the name of the database typed for what is destructive', () => {
    const plan = planOf({ steps: [withheld], withheld: [] });
    const game = surveyed(plan).press('p', 'a', 'y', 'enter');
    expect(screenOf(game, 'confirm').expects).toBe('jail-roster.sqlite');
    expect(game.asked()).toEqual([]);
    expect(game.state.notice).toContain('Type jail-roster.sqlite');
    game.press('backspace', 'jail-roster.sqlite', 'enter');
    expect(game.asked()).toMatchObject([{ kind: 'migrate' }]);
  });

  it('wants it for everything in production, and q is a letter of it', () => {
    const place = { server: 's', database: 'qa', environment: 'production' };
    const game = surveyed(planOf(), { place }).press('p', 'a', 'qa', 'enter');
    expect(game.asked()).toMatchObject([{ kind: 'migrate' }]);
  });

  it('does again what was rolled back', () => {
    const game = surveyed(planOf(), { release: { mine: 'r2', database: 'r1', standing: 'ahead' } });
    expect(game.press('p', 'a', 'enter').asked()).toMatchObject([{ review: { redo: true } }]);
  });

  it.each([
    ['the plan is blocked', planOf({ blocked: [{ code: 'X', message: 'no' }] }), {}, 'blocked'],
    ['nothing is to do', planOf({ steps: [], withheld: [] }), {}, 'Nothing to do'],
    ['all of it is withheld', planOf({ steps: [] }), {}, 'withheld'],
    ['the database is newer', planOf(), { release: { mine: 'a', database: 'b', standing: 'older' } }, 'newer release'],
    ['they have parted', planOf(), { release: { mine: 'a', database: 'b', standing: 'diverged' } }, 'parted'],
  ] as const)('is not reached where %s', (_, plan, over, said) => {
    const game = surveyed(plan, over).press('p', 'a');
    expect(game.state.screen.name).toBe('plan');
    expect(game.state.notice).toContain(said);
  });
});

describe('progress', () => {
  const operation = addColumn('monitors', 'arrest_date');
  const summary = 'add column monitors.arrest_date';
  const begun = (): Play => {
    const game = surveyed().press('p', 'a', 'enter');
    game.asked();
    return game;
  };

  it('follows the facts: what runs, since when, what is done', () => {
    const game = begun();
    game.hear({
      kind: 'fact',
      at: 10,
      fact: { kind: 'fileStarted', name: 'a', path: 'migrations/a.sql', place: 1, total: 2 },
    });
    expect(screenOf(game, 'progress').file).toEqual({ path: 'migrations/a.sql', at: 1, total: 2 });
    game.hear({ kind: 'fact', at: 20, fact: { kind: 'fileApplied', path: 'migrations/a.sql', applied: 1, ms: 1 } });
    game.hear({ kind: 'fact', at: 100, fact: { kind: 'operationStarted', step: 1, total: 3, operation, summary } });
    expect(screenOf(game, 'progress').current).toEqual({ summary, since: 100 });
    game.hear({ kind: 'fact', at: 200, fact: { kind: 'progressed', summary: 'copy', done: 100, total: 500 } });
    game.hear({ kind: 'fact', at: 300, fact: { kind: 'progressed', summary: 'copy', done: 200, total: 500 } });
    expect(screenOf(game, 'progress').rows).toEqual({ summary: 'copy', first: 100, since: 200, done: 200, total: 500 });
    game.hear({
      kind: 'fact',
      at: 400,
      fact: { kind: 'operationApplied', step: 1, total: 3, operation, summary, ms: 300 },
    });
    const { applied, current, rows, file, total } = screenOf(game, 'progress');
    expect({ applied, current, rows, file, total }).toEqual({
      applied: [summary],
      current: undefined,
      rows: undefined,
      file: undefined,
      total: 3,
    });
  });

  it('says whom it waits for, until that is over', () => {
    const game = begun();
    const waited = { kind: 'waited', for: 'lock', target: 'roster', ms: 50, detail: 'web-1: 3 of 7' } as const;
    game.hear({ kind: 'fact', at: 150, fact: waited });
    expect(screenOf(game, 'progress').waiting).toEqual({
      text: 'waiting for another migration of roster: web-1: 3 of 7',
      since: 100,
    });
    game.hear({ kind: 'fact', at: 200, fact: { kind: 'locked', ms: 100 } });
    expect(screenOf(game, 'progress').waiting).toBeUndefined();
  });

  it('asks before it stops, and goes on where it should', () => {
    const game = begun().press('interrupt');
    expect(screenOf(game, 'progress').stop).toBe('asked');
    expect(screenOf(game.press('k'), 'progress').stop).toBe('no');
    game.press('q', 's');
    expect(screenOf(game, 'progress').stop).toBe('stopping');
    expect(game.asked()).toEqual([{ kind: 'stop' }]);
    game.press('interrupt', 's');
    expect(game.asked()).toEqual([]);
  });

  it('ends with the result', () => {
    const game = begun();
    game.hear({ kind: 'migrated', result: { status: 'done', applied: 3, head: { version: 20, hash: 'ff' } } });
    expect(screenOf(game, 'result')).toMatchObject({ exitCode: 0, outcome: { kind: 'ended', doing: 'migrate' } });
    expect(game.press('q').asked()).toEqual([{ kind: 'quit', code: 0 }]);
  });

  it('shows a plan that changed meanwhile again, with nothing lost of what was decided', () => {
    const game = begun();
    const [request] = surveyed().press('p', 'a', 'enter').asked();
    if (!request) throw new Error('nothing was asked');
    game.hear({ kind: 'failed', request, problem: { ...problem, code: 'PLAN_CHANGED', message: 'it changed' } });
    expect(game.state.screen.name).toBe('plan');
    expect(game.asked().map(({ kind }) => kind)).toEqual(['survey']);
    game.hear({ kind: 'surveyed', overview: overviewOf() });
    expect(game.state.notice).toContain('it changed');
  });
});

describe('result', () => {
  const failed = (...more: readonly Fact[]): Play => {
    const game = surveyed().press('p', 'a', 'enter');
    const operation = addColumn('monitors', 'arrest_date');
    const summary = 'add column monitors.arrest_date';
    game.hear(
      {
        kind: 'fact',
        at: 1,
        fact: {
          kind: 'planned',
          plan: { hash: 'x', changes: 3, steps: [summary, 'b', 'c'], withheld: [], notOurs: [], blocked: [] },
        },
      },
      { kind: 'fact', at: 2, fact: { kind: 'operationApplied', step: 1, total: 3, operation, summary, ms: 1 } },
      { kind: 'fact', at: 3, fact: { kind: 'statementRefused', sql: 'alter table b' } },
      { kind: 'fact', at: 3, fact: { kind: 'statementRan', sql: 'rollback', ms: 1 } },
      { kind: 'fact', at: 4, fact: { kind: 'operationFailed', operation, summary: 'b', code: 'X', message: 'no' } },
    );
    for (const fact of more) game.hear({ kind: 'fact', at: 5, fact });
    const [request] = game.requests.slice(-1);
    if (!request) throw new Error('nothing was asked');
    game.hear({ kind: 'failed', request, problem: { ...problem, runId: 'run-7' } });
    game.asked();
    return game;
  };

  it('tells what is applied and what is not, and leaves with the code of the error', () => {
    const game = failed();
    expect(screenOf(game, 'result').outcome).toMatchObject({
      kind: 'failed',
      applied: ['add column monitors.arrest_date'],
      left: ['b', 'c'],
      sql: 'alter table b',
    });
    expect(game.press('q').asked()).toEqual([{ kind: 'quit', code: 1 }]);
  });

  it('offers no rollback of what its transaction took back, nor of what was skipped', () => {
    const summaries = ['add column monitors.arrest_date'];
    const operation = addColumn('monitors', 'arrest_date');
    const skipped: Fact = { kind: 'operationSkipped', operation, summary: 'b', because: 'it is so already' };
    const { outcome } = screenOf(
      failed({ kind: 'transactionRolledBack', path: 'a.sql', summaries }, skipped),
      'result',
    );
    expect(outcome).toMatchObject({ applied: [], left: ['c'] });
    expect(choicesOf(outcome)).toEqual(['retry', 'sql', 'history', 'quit']);
  });

  it('offers to retry, roll back, see the SQL, and the history', () => {
    expect(
      failed()
        .press('enter')
        .asked()
        .map(({ kind }) => kind),
    ).toEqual(['survey']);
    expect(failed().press('down', 'enter').asked()).toEqual([
      { kind: 'planRollback', selection: { kind: 'run', id: 'run-7' } },
    ]);
    expect(screenOf(failed().press('j', 'j', 'enter'), 'result').showsSql).toBe(true);
    expect(screenOf(failed().press('j', 'j', 'enter', 'x'), 'result').showsSql).toBe(false);
    expect(failed().press('h').asked()).toEqual([{ kind: 'readHistory' }]);
    expect(failed().press('up', 'enter').asked()).toEqual([{ kind: 'quit', code: 1 }]);
    for (const way of [['h'], ['down', 'enter']]) {
      const game = failed().press(...way);
      game.asked();
      expect(game.press('q').asked()).toEqual([{ kind: 'quit', code: 1 }]);
    }
  });

  it('of a look that failed offers to look again', () => {
    const game = play();
    const [request] = game.asked();
    if (!request) throw new Error('nothing was asked');
    game.hear({ kind: 'failed', request, problem: { ...problem, code: 'SERVER_UNREACHABLE', exitCode: 69 } });
    expect(
      game
        .press('enter')
        .asked()
        .map(({ kind }) => kind),
    ).toEqual(['survey']);
    expect(game.state.screen.name).toBe('overview');
    game.hear({ kind: 'failed', request, problem: { ...problem, exitCode: 69 } });
    expect(game.press('q').asked()).toEqual([{ kind: 'quit', code: 69 }]);
  });
});

describe('history', () => {
  const opened = (count = 20): Play => {
    const game = surveyed()
      .press('h')
      .hear({ kind: 'historyRead', history: historyOf(count) });
    game.asked();
    return game;
  };

  it('opens an event, the schema of then, and comes back', () => {
    expect(opened().press('j', 'enter').asked()).toEqual([{ kind: 'readEvent', version: 19 }]);
    expect(opened().press('G', 'v').asked()).toEqual([{ kind: 'readSchema', version: 1 }]);
    const game = opened()
      .press('v')
      .hear({ kind: 'schemaRead', version: 20, lines: ['table a'] });
    expect(screenOf(game, 'history').pane).toEqual({ kind: 'schema', version: 20, lines: ['table a'], scroll: 0 });
    game.press('j', 'escape');
    expect(screenOf(game, 'history').pane).toBeUndefined();
    expect(game.press('escape').state.screen.name).toBe('overview');
  });

  it('compares two versions, the older one first', () => {
    const game = opened().press('d', 'j', 'j', 'd');
    expect(game.asked()).toEqual([{ kind: 'readDifference', from: 18, to: 20 }]);
    expect(screenOf(opened().press('d', 'd'), 'history').mark).toBeUndefined();
  });

  it.each([
    ['table:table1', 3],
    ['kind:addColumn by:boris', 10],
    ['kind:run', 1],
    ['migration:auto', 20],
    ['since:2026-11-25T10:00:15', 5],
    ['since:18', 3],
    ['column7', 1],
    ['nothing-like-it', 0],
  ])('filters by %s', (filter, count) => {
    const game = opened().press('/', filter, 'enter');
    const screen = screenOf(game, 'history');
    game.press('G', 'enter');
    expect([screen.filter, game.asked().length]).toEqual([filter, count === 0 ? 0 : 1]);
  });

  it('undoes the run of an event', () => {
    const game = opened().press('u');
    expect(game.asked()).toEqual([{ kind: 'planRollback', selection: { kind: 'run', id: 'run-1' } }]);
    game.hear({ kind: 'failed', request: { kind: 'planRollback', selection: { kind: 'run', id: 'run-1' } }, problem });
    expect(game.state.screen).toMatchObject({ name: 'rollback', problem: { code: 'OPERATION_FAILED' } });
    expect(game.press('escape').state.screen.name).toBe('history');
  });

  it('opens a rollback from an event', () => {
    const game = opened().press('j', 'j', 'r');
    // Version 18 is under the cursor: it goes, too.
    expect(game.asked()).toEqual([{ kind: 'planRollback', selection: { kind: 'to', version: 17 } }]);
    expect(game.press('escape').state.screen.name).toBe('history');
  });

  it('says how to choose where a rollback was asked for', () => {
    expect(screenOf(play({ screen: 'rollback' }), 'history').isForRollback).toBe(true);
    expect(screenOf(opened(), 'history').isForRollback).toBeUndefined();
  });

  it('leaves where it is all there is', () => {
    const game = play({ screen: 'history' }).hear({ kind: 'historyRead', history: historyOf(2) });
    game.asked();
    expect(game.press('escape').asked()).toEqual([{ kind: 'quit', code: 0 }]);
  });

  it('says what went wrong where it stands', () => {
    const game = opened()
      .press('enter')
      .hear({ kind: 'failed', request: { kind: 'readEvent', version: 20 }, problem });
    expect(game.state.screen.name).toBe('history');
    expect(game.state.notice).toContain('OPERATION_FAILED');
  });
});

describe('rollback', () => {
  const selection = { kind: 'to', version: 3 } as const;
  const planned = (over: Parameters<typeof rollbackOf>[0] = {}): Play => {
    const game = play({ screen: 'rollback', selection }).hear({
      kind: 'rollbackPlanned',
      selection,
      look: rollbackOf(over),
    });
    game.asked();
    return game;
  };

  it('wants the name typed where something is lost', () => {
    const game = planned().press('enter', 'enter');
    expect(game.asked()).toEqual([]);
    game.press('jail-roster.sqlite', 'enter');
    expect(game.asked()).toEqual([{ kind: 'rollBack', review: { selection, hash: 'cd34'.repeat(16) } }]);
    game.hear({ kind: 'rolledBack', result: { status: 'rolledBack', applied: 1 } });
    expect(screenOf(game, 'result').outcome).toMatchObject({ kind: 'ended', doing: 'rollback' });
  });

  it('asks once where nothing is lost', () => {
    const [change] = rollbackOf().plan.changes;
    const changes = change ? [{ ...change, losses: [] }] : [];
    expect(planned({ changes }).press('enter', 'escape').asked()).toEqual([]);
    expect(planned({ changes }).press('enter', 'enter').asked()).toMatchObject([{ kind: 'rollBack' }]);
  });

  it('does nothing where it is impossible, or there is nothing', () => {
    const blocked = planned({ blocked: [{ code: 'ROLLBACK_IMPOSSIBLE', message: 'no way back' }] }).press('enter');
    expect(blocked.state.notice).toContain('cannot be taken back');
    const choices = [
      { to: 44, says: 'take back all of it' },
      { to: 51, says: 'leave it' },
    ];
    const cut = planned({ blocked: [{ code: 'ROLLBACK_IMPOSSIBLE', message: 'as a whole' }], choices });
    expect(cut.press('down', 'enter').asked()).toEqual([
      { kind: 'planRollback', selection: { kind: 'to', version: 51 } },
    ]);
    expect(screenOf(cut, 'rollback').back).toBeUndefined();
    expect(planned({ changes: [] }).press('enter').state.notice).toContain('nothing to take back');
    expect(blocked.press('s').state.screen).toMatchObject({ showsSql: true });
    expect(blocked.press('escape').asked()).toEqual([{ kind: 'quit', code: 0 }]);
  });
});
