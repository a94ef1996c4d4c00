// The terminal interface as it is published, over an engine that knows a large plan and a long history and answers at once.
import { enableCompileCache } from 'node:module';
import type { Engine, EventSummary, Overview } from '../../src/tui/engine.ts';
import type { loadTui as LoadTui } from '../../src/cli/load-tui.ts';
import type { PlanStep } from '../../src/plan/plan-file.ts';

enableCompileCache();

const built = new URL('../../dist/cli/load-tui.js', import.meta.url).href;
const { loadTui } = (await import(built)) as { readonly loadTui: typeof LoadTui };
const { runTui } = await loadTui(process.env);
const [screen = 'overview', steps = '0', events = '0'] = process.argv.slice(2);

const classes = ['additive', 'widening', 'rebuilding', 'data-dependent', 'destructive'] as const;

function stepAt(at: number): PlanStep {
  const [table, column] = [`table${Math.floor(at / 3)}`, `column${at}`];
  const operation = {
    kind: 'addColumn',
    table,
    column: { name: column, type: { type: 'string', length: 20 }, nullable: true },
  } as const;
  return {
    id: `s${at}`,
    migration: 'auto-ab12ab12ab12',
    class: classes[at % classes.length] ?? 'additive',
    operation,
    summary: `add column ${table}.${column} string(20)`,
    sql: [`alter table "${table}" add column "${column}" varchar(20)`],
    undoSql: [`alter table "${table}" drop column "${column}"`],
    undo: { restores: 'everything', operation: { kind: 'dropColumn', table, column: operation.column } },
    lock: { blocks: 'everybody', lasts: 'a moment' },
    risks: [],
    needs: at % 3 === 0 ? [] : [`s${at - 1}`],
  };
}

function eventAt(at: number): EventSummary {
  return {
    version: at + 1,
    event: at % 7 === 0 ? 'run' : 'applied',
    source: 'models',
    migration: 'auto-ab12ab12ab12',
    operation: 'addColumn',
    object: `table${at % 50}.column${at}`,
    summary: `add column table${at % 50}.column${at} string(20)`,
    startedAt: '2026-11-26 01:02:03.000000',
    durationMs: at % 30,
    actor: 'anna',
    runId: 'run-1',
    error: null,
    ref: null,
  };
}

const place = { server: 'PostgreSQL 15.18', database: 'roster', user: 'app' };
const all = Array.from({ length: Number(steps) }, (_, at) => stepAt(at));
const log = Array.from({ length: Number(events) }, (_, at) => eventAt(at));

function survey(leftOut: number): Overview {
  return {
    place,
    head: { version: 12, hash: 'ff00'.repeat(16), at: '2026-11-25 10:00:00.000000' },
    release: { mine: 'r2', database: 'r1', standing: 'newer' },
    reviewHash: 'x',
    interrupted: [],
    drift: false,
    lockHolders: [],
    origins: {},
    plan: {
      format: 1,
      dialect: 'postgresql',
      server: place.server,
      database: place.database,
      release: 'r2',
      hash: 'ab12'.repeat(16),
      steps: all.slice(leftOut),
      blocked: [],
      withheld: all.slice(0, leftOut).map((step) => ({ ...step, because: 'left out' })),
      notOurs: [],
      unverified: [],
      estimates: {},
    },
  };
}

function never(): never {
  throw new Error('this is only looked at');
}

const engine: Engine = {
  survey: async ({ leftOut }) => survey(leftOut.length),
  migrate: never,
  sampleValues: never,
  saveAnswers: never,
  readHistory: async () => ({ place, events: log }),
  readEvent: async (version) => ({
    row: { ...log[version - 1] } as never,
    payload: { sql: [{ text: 'alter table x', ms: 3 }] } as never,
  }),
  readSchema: never,
  readDifference: never,
  planRollback: never,
  rollBack: never,
};

process.exitCode = await runTui({
  engine,
  opening: { screen: screen === 'history' ? 'history' : 'overview' },
  hasColours: true,
  signal: new AbortController().signal,
});
