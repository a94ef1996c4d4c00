import type { DatabaseKind } from '../../test/support/databases.ts';
import type { ToolId } from '../tools/tool.ts';
import type { SequenceResult } from '../harness/measure-sequence.ts';
import type { CaseResult } from '../harness/measure-tools.ts';
import type { Results } from './markdown.ts';
import { pairedRatio } from './paired-ratio.ts';

export interface Goal {
  readonly goal: string;
  readonly isMet: boolean;
  /** Per database: the number, and whether it is met there. */
  readonly cells: ReadonlyMap<DatabaseKind, string>;
}

interface Measured {
  readonly value: number;
  readonly isMet: boolean;
  readonly unit?: string;
}

const scaleGoal: { readonly [K in DatabaseKind]: number } = { sqlite: 3, postgresql: 3, mariadb: 3, mysql: 2 };
const scaleSize = 1000;

/** What was to be reached, with the numbers. */
export function goalsOf(results: Results): Goal[] {
  return [
    goal(results, 'nothing to do: time / knex `migrate:latest` < 1', (kind) =>
      below(timeRatio(results, kind, 'idle', 'knex'), 1),
    ),
    goal(results, 'nothing to do: time / knex without its CLI < 1', (kind) =>
      below(timeRatio(results, kind, 'idle', 'knex-api'), 1),
    ),
    goal(results, "nothing to do: peak memory / MikroORM's CLI < 1", (kind) =>
      below(memoryRatio(results, kind, 'idle'), 1),
    ),
    goal(results, "nine tables: peak memory / MikroORM's CLI < 1", (kind) =>
      below(memoryRatio(results, kind, 'fresh'), 1),
    ),
    goal(results, 'inspect + diff of 1,000 tables: faster than MikroORM ≥ 3 × (MySQL ≥ 2 ×)', (kind) => {
      const found = results.scale.find((one) => one.kind === kind && one.count === scaleSize);
      if (!found) return undefined;
      const value = pairedRatio(found.mikroOrm, found.mikrate);
      return { value, isMet: value >= scaleGoal[kind] && found.failure === undefined, unit: ' ×' };
    }),
    ...[true, false].flatMap((isDurable) => sequenceGoals(results, isDurable)),
  ];
}

/** For the databases that are measured: durable, as they are by themselves, or not. */
function sequenceGoals({ sequence }: Results, isDurable: boolean): Goal[] {
  const found = sequence.filter((one) => one.isDurable === isDurable);
  const state = isDurable ? 'durable' : 'not durable';
  const ratio = (text: string, limit: number, of: (result: SequenceResult) => number): Goal =>
    goalOf(
      found.map(({ kind }) => kind),
      `${text}, ${state} ≤ ${limit}`,
      (kind) => {
        const result = found.find((one) => one.kind === kind);
        const value = result && of(result);
        return value === undefined ? undefined : { value, isMet: value <= limit };
      },
    );
  return [
    ratio('1,000 typed migrations / bare driver', 1.5, ({ typed, bare }) => pairedRatio(typed, bare)),
    ratio('1,000 SQL migrations / bare driver', 2.5, ({ sql, bare }) => pairedRatio(sql, bare)),
    ratio('nothing to do, 1,000 migrations / none', 1.2, ({ idle, idleNone }) => pairedRatio(idle, idleNone)),
  ];
}

function goal(results: Results, text: string, measure: (kind: DatabaseKind) => Measured | undefined): Goal {
  return goalOf([...results.tools.keys()], text, measure);
}

function goalOf(
  kinds: readonly DatabaseKind[],
  text: string,
  measure: (kind: DatabaseKind) => Measured | undefined,
): Goal {
  const measured = kinds.map((kind) => [kind, measure(kind)] as const);
  const show = ({ value, isMet, unit }: Measured): string => `${value.toFixed(2)}${unit ?? ''}${isMet ? '' : ' ❌'}`;
  return {
    goal: text,
    isMet: measured.every(([, one]) => one?.isMet === true),
    cells: new Map(measured.map(([kind, one]) => [kind, one ? show(one) : 'not measured'])),
  };
}

function below(value: number | undefined, limit: number): Measured | undefined {
  return value === undefined ? undefined : { value, isMet: value < limit };
}

function timeRatio(results: Results, kind: DatabaseKind, of: 'idle' | 'fresh', other: ToolId): number | undefined {
  const pair = pairOf(results, kind, of, other);
  return pair && pairedRatio(pair[0].ms, pair[1].ms);
}

function memoryRatio(results: Results, kind: DatabaseKind, of: 'idle' | 'fresh'): number | undefined {
  const pair = pairOf(results, kind, of, 'mikro-cli');
  return pair && pair[0].peakMiB / pair[1].peakMiB;
}

/** mikrate's case and another tool's; `undefined` where one of them failed. */
function pairOf(
  { tools }: Results,
  kind: DatabaseKind,
  of: 'idle' | 'fresh',
  other: ToolId,
): readonly [CaseResult, CaseResult] | undefined {
  const [ours, theirs] = ['mikrate', other].map((id) => tools.get(kind)?.find((tool) => tool.id === id)?.[of]);
  if (!ours || !theirs || ours.failure !== undefined || theirs.failure !== undefined) return undefined;
  return [ours, theirs];
}
