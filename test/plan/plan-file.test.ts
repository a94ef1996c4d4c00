import { describe, expect, test } from 'vitest';
import { mariadb } from '../../src/dialects/mariadb/index.ts';
import { mysql } from '../../src/dialects/mysql/index.ts';
import { postgres } from '../../src/dialects/postgres/index.ts';
import { sqlite } from '../../src/dialects/sqlite/index.ts';
import { applyOperation, type Operation } from '../../src/operations/index.ts';
import { buildPlan, type BuildInput } from '../../src/plan/build.ts';
import { automaticName, describeBlocked, hashPlan, type PlanFile } from '../../src/plan/plan-file.ts';
import { canonicalJson } from '../../src/schema/canonical.ts';
import { column, int, reference, schemaOf, string, tableOf } from '../support/table-of.ts';

const jails = tableOf('jails', [column('id', int, { nullable: false })], { primaryKey: { columns: ['id'] } });
const monitors = tableOf('monitors', [column('id', int, { nullable: false }), column('jail_id', int)], {
  primaryKey: { columns: ['id'] },
});
const actual = schemaOf([jails, monitors]);
const changes: readonly Operation[] = [
  { kind: 'addColumn', table: 'monitors', column: column('name', string(20), { default: { value: `it's ☃` } }) },
  { kind: 'addForeignKey', table: 'monitors', foreignKey: reference('to_jail', ['jail_id'], 'jails') },
  { kind: 'dropTable', table: tableOf('old', [column('id', int)]) },
];
const input: BuildInput = {
  dialect: postgres,
  server: 'PostgreSQL 17',
  database: 'roster',
  release: 'r1',
  desired: changes.reduce(applyOperation, actual),
  actual,
  difference: {
    changes,
    notOurs: [{ kind: 'table', name: 'theirs' }],
    unverified: [],
    questions: [],
    possibleRenames: [],
  },
  estimates: { monitors: { rows: 3, bytes: 4096 } },
  backfillFor: () => undefined,
  hasRows: () => true,
  withhold: ({ class: changeClass }) => (changeClass === 'destructive' ? 'it is destructive' : undefined),
  problems: [],
};

describe.each([sqlite, postgres, mariadb, mysql])('a plan for $name', (dialect) => {
  const plan = buildPlan({ ...input, dialect });

  test('is the same to the byte when it is built again from the same input', () => {
    const again = buildPlan({ ...structuredClone({ ...input, ...functionless }), ...functionsOf(input), dialect });
    expect(canonicalJson(again)).toBe(canonicalJson(plan));
  });

  test('comes back from JSON as it was, with its hash', () => {
    const back = JSON.parse(JSON.stringify(plan)) as PlanFile;
    expect(back).toEqual(plan);
    expect(hashPlan(back)).toBe(plan.hash);
  });

  test('names its steps after its hash', () => {
    expect(plan.hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(new Set(plan.steps.map(({ migration }) => migration))).toEqual(new Set([automaticName(plan.hash)]));
    expect(automaticName(plan.hash)).toBe(`auto-${plan.hash.slice(0, 12)}`);
  });

  test('holds what is withheld apart, with the reason', () => {
    expect(plan.withheld.map(({ operation, because }) => [operation.kind, because])).toEqual([
      ['dropTable', 'it is destructive'],
    ]);
    expect(plan.steps.map(({ operation }) => operation.kind)).not.toContain('dropTable');
  });

  test('has the SQL, the way back and what it needs for each step', () => {
    for (const { id, sql, undo, needs } of plan.steps) {
      expect(sql.length, id).toBeGreaterThan(0);
      expect(undo.restores).toBe('everything');
      expect(needs.every((other) => plan.steps.some((step) => step.id === other))).toBe(true);
    }
  });
});

/** What `structuredClone` can copy of an input, and what it cannot. */
const functionless = { dialect: undefined, backfillFor: undefined, hasRows: undefined, withhold: undefined };
function functionsOf({ backfillFor, hasRows, withhold }: BuildInput) {
  return { backfillFor, hasRows, withhold };
}

describe('the hash of a plan', () => {
  const { hash } = buildPlan(input);

  test('does not cover counts, sizes, reports and the server: they change while nothing changes', () => {
    const others: readonly Partial<BuildInput>[] = [
      { estimates: {} },
      { server: 'PostgreSQL 18', database: 'copy' },
      { problems: [{ code: 'X', message: 'y' }] },
      { difference: { ...input.difference, notOurs: [] } },
    ];
    for (const other of others) expect(buildPlan({ ...input, ...other }).hash).toBe(hash);
  });

  test('covers the database, the release, each operation, its class and what is withheld', () => {
    const [add, key, drop] = changes as [Operation, Operation, Operation];
    const withChanges = (list: readonly Operation[]) => ({ difference: { ...input.difference, changes: list } });
    const others: readonly Partial<BuildInput>[] = [
      { dialect: mysql },
      { release: 'r2' },
      withChanges([add, key]),
      withChanges([key, drop]),
      withChanges([{ ...add, column: column('name', string(21)) } as Operation, key, drop]),
      { withhold: () => undefined },
    ];
    const hashes = others.map((other) => buildPlan({ ...input, ...other }).hash);
    expect(new Set([hash, ...hashes]).size).toBe(others.length + 1);
  });

  test('is another where steps run in another order', () => {
    const plan = buildPlan(input);
    expect(hashPlan({ ...plan, steps: plan.steps.toReversed() })).not.toBe(hash);
  });
});

describe('what a plan cannot do', () => {
  test('blocks and names the step where the database does not support it', () => {
    const partition: Operation = {
      kind: 'setPartitioning',
      table: 'monitors',
      to: { method: 'key', by: 'id', partitions: 4 },
    };
    const difference = { ...input.difference, changes: [partition], questions: ['was a renamed to b?'] };
    const { steps, blocked } = buildPlan({ ...input, dialect: sqlite, difference });
    expect(blocked).toMatchObject([
      { code: 'ANSWER_NEEDED', message: 'was a renamed to b?' },
      { code: 'NOT_SUPPORTED', step: steps[0]?.id },
    ]);
  });

  test('is withheld together with what needs it', () => {
    const add: Operation = { kind: 'addColumn', table: 'monitors', column: column('b', int) };
    const index: Operation = {
      kind: 'addIndex',
      table: 'monitors',
      index: { name: 'by_b', unique: false, parts: [{ column: 'b' }] },
    };
    const { steps, withheld } = buildPlan({
      ...input,
      difference: { ...input.difference, changes: [index, add] },
      withhold: ({ operation }) => (operation.kind === 'addColumn' ? 'not today' : undefined),
    });
    expect(steps).toEqual([]);
    expect(withheld.map(({ because }) => because)).toEqual(['not today', 'it needs "add column monitors.b integer"']);
  });

  test('is said with at most three of the rows in the way', () => {
    const samples = [1, 2, 3, 4].map((id) => ({ id }));
    expect(describeBlocked({ code: 'X', message: 'm', samples })).toBe('m, for example {"id":1}, {"id":2}, {"id":3}');
    expect(describeBlocked({ code: 'X', message: 'm', samples: [] })).toBe('m');
  });
});
