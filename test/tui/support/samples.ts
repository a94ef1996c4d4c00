import type { History, Overview, RollbackLook } from '../../../src/tui/engine.ts';
import type { Operation } from '../../../src/operations/index.ts';
import { describeOperation, undoOperation } from '../../../src/operations/index.ts';
import { reviewHash, type PlanFile, type PlanStep, type WithheldStep } from '../../../src/plan/plan-file.ts';
import type { Question, RenameQuestion } from '../../../src/plan/question.ts';
import type { ChangeClass } from '../../../src/operations/change-class.ts';
import type { Column } from '../../../src/schema/schema.ts';

/** A column of a text type. */
export function textColumn(name: string, nullable = true): Column {
  return { name, type: { type: 'string', length: 64 }, nullable };
}

export function addColumn(table: string, name: string): Operation {
  return { kind: 'addColumn', table, column: textColumn(name) };
}

export function stepOf(id: string, changeClass: ChangeClass, operation: Operation): PlanStep {
  return {
    id,
    migration: 'auto-abc',
    class: changeClass,
    operation,
    summary: describeOperation(operation),
    sql: [`-- ${describeOperation(operation)}`],
    undo: undoOperation(operation),
    risks: [],
    needs: [],
  };
}

export const withheld: WithheldStep = {
  ...stepOf('w1', 'destructive', { kind: 'dropColumn', table: 'users', column: textColumn('fax') }),
  because: 'it is destructive: nothing unattended loses values',
};

export const renameQuestion: RenameQuestion = {
  kind: 'rename',
  table: 'users',
  column: 'api_key',
  type: { type: 'string', length: 64 },
  candidates: [
    { column: 'token', type: { type: 'string', length: 64 } },
    { column: 'secret', type: { type: 'string', length: 64 } },
  ],
};

export const secondRename: RenameQuestion = { ...renameQuestion, column: 'other_key' };

export const valueQuestion: Question = {
  kind: 'value',
  table: 'users',
  column: 'age',
  type: { type: 'integer', bits: 16 },
};

export function planOf(over: Partial<PlanFile> = {}): PlanFile {
  return {
    format: 1,
    dialect: 'sqlite',
    server: 'SQLite 3.53.4',
    database: '/srv/roster/jail-roster.sqlite',
    release: 'r2',
    hash: 'ab12'.repeat(16),
    steps: [
      {
        ...stepOf('s1', 'additive', addColumn('monitors', 'arrest_date')),
        undoSql: ['-- drop it again'],
        lock: { blocks: 'everybody', lasts: 'a moment' },
      },
      stepOf('s2', 'widening', addColumn('monitors', 'arrest_reason')),
      stepOf('s3', 'data-dependent', addColumn('users', 'api_key')),
    ],
    blocked: [],
    withheld: [withheld],
    notOurs: [{ kind: 'table', table: 'notes', name: 'notes' }],
    unverified: [],
    estimates: { monitors: { rows: 12_345, bytes: 4_000_000 } },
    ...over,
  };
}

export function overviewOf(plan: PlanFile = planOf(), over: Partial<Overview> = {}): Overview {
  return {
    place: { server: 'SQLite 3.53.4', database: plan.database },
    head: { version: 12, hash: 'ff00'.repeat(16), at: '2026-11-25 10:00:00.000000' },
    release: { mine: 'r2', database: 'r1', standing: 'newer' },
    plan,
    reviewHash: reviewHash(plan),
    interrupted: [],
    drift: false,
    lockHolders: [],
    origins: {
      monitors: { entity: 'Monitor', file: 'models/monitor.ts', columns: { arrest_date: 'arrestDate' } },
    },
    ...over,
  };
}

export function historyOf(count: number): History {
  return {
    place: { server: 'SQLite 3.53.4', database: '/srv/roster/jail-roster.sqlite' },
    events: Array.from({ length: count }, (_, at) => ({
      version: at + 1,
      event: at === 0 ? 'run' : 'applied',
      source: 'models',
      migration: 'auto-ab12ab12ab12',
      operation: at === 0 ? null : 'addColumn',
      object: at === 0 ? null : `table${at % 7}.column${at}`,
      summary: at === 0 ? 'run began' : `add column table${at % 7}.column${at}`,
      startedAt: `2026-11-25 10:00:${String(at % 60).padStart(2, '0')}.000000`,
      durationMs: at % 30,
      actor: at % 2 === 0 ? 'anna' : 'boris',
      runId: 'run-1',
      error: null,
      ref: null,
    })),
  };
}

export function rollbackOf(over: Partial<RollbackLook['plan']> = {}): RollbackLook {
  return {
    place: { server: 'SQLite 3.53.4', database: '/srv/roster/jail-roster.sqlite' },
    plan: {
      format: 1,
      dialect: 'sqlite',
      server: 'SQLite 3.53.4',
      database: '/srv/roster/jail-roster.sqlite',
      head: 12,
      target: 3,
      release: 'r1',
      releaseNow: 'r2',
      withdrawn: ['r2'],
      hash: 'cd34'.repeat(16),
      changes: [
        {
          undoes: 5,
          migration: 'auto-abc',
          summary: 'add column users.api_key',
          restores: 'everything',
          losses: [{ kind: 'values', table: 'users', column: 'api_key', count: 7 }],
          steps: [stepOf('u1', 'destructive', { kind: 'dropColumn', table: 'users', column: textColumn('api_key') })],
        },
      ],
      blocked: [],
      ...over,
    },
  };
}
