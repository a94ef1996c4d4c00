import { describe, expect, test } from 'vitest';
import { mariadb } from '../../src/dialects/mariadb/index.ts';
import { mysql } from '../../src/dialects/mysql/index.ts';
import { postgres } from '../../src/dialects/postgres/index.ts';
import { sqlite } from '../../src/dialects/sqlite/index.ts';
import type { Operation } from '../../src/operations/index.ts';
import { writeSteps } from '../../src/plan/build.ts';
import { hashPlan, reviewHash, type PlanFile, type PlanStep } from '../../src/plan/plan-file.ts';
import { explainSteps } from '../../src/stages/explain-steps.ts';
import { column, int, schemaOf, string, tableOf } from '../support/table-of.ts';
import { planOf } from '../tui/support/samples.ts';

const actual = schemaOf([tableOf('item', [column('id', int, { nullable: false }), column('n', int)])]);
const server = { settings: { journal_mode: 'wal' } };
const added: Operation = { kind: 'addColumn', table: 'item', column: column('label', string(9)) };
const indexed: Operation = {
  kind: 'addIndex',
  table: 'item',
  index: { name: 'item_label', parts: [{ column: 'label' }], unique: false },
};

describe.each([sqlite, postgres, mariadb, mysql])('the steps of a plan on $name', (dialect) => {
  const step = (operation: Operation): PlanStep =>
    writeSteps([operation], actual, dialect).steps[0] ?? expect.fail('the step is there');
  const file = { path: 'migrations/1.ts', format: 'typed' };
  const plan: PlanFile = planOf({
    dialect: dialect.name,
    files: [
      {
        ...file,
        name: '0',
        steps: [step({ kind: 'dropColumn', table: 'item', column: column('n', int) })],
        skipped: 'it is',
      },
      { ...file, name: '1', steps: [step(added)] },
    ],
    steps: [step({ kind: 'setDefault', table: 'item', column: 'label', to: { value: 'x' } }), step(indexed)],
    withheld: [
      {
        ...step({ kind: 'dropColumn', table: 'item', column: column('n', int) }),
        sql: [],
        because: 'it is destructive',
      },
    ],
  });
  const explained = explainSteps(plan, { actual, dialect, server });

  test('get their ways back and locks, with the schema as the files before them leave it', () => {
    const [, first] = explained.files ?? [];
    expect(first?.steps[0]).toMatchObject({ undoSql: [expect.stringMatching(/drop column .label.$/u)], lock: {} });
    expect(explained.steps.map(({ undoSql }) => undoSql?.join('; '))).toEqual([
      expect.stringMatching(/label/u),
      expect.stringMatching(/drop index/u),
    ]);
    expect(explained.steps.filter(({ lock }) => lock === undefined)).toEqual([]);
  });

  test('that are withheld get their SQL, too, before they are included', () => {
    const [held] = explained.withheld;
    expect(held?.because).toBe('it is destructive');
    expect(held?.sql.join('; ')).toMatch(/drop column .n./u);
    expect(held?.undoSql?.join('; ')).toMatch(/ n| .n./u);
    expect(held?.lock).toBeDefined();
  });

  test('of a file that is skipped stay as they are', () => {
    expect(explained.files?.[0]).toEqual(plan.files?.[0]);
  });

  test('leave out what cannot be said: the lock of raw SQL, and a way back that the database does not have', () => {
    const raw: Operation = { kind: 'rawSql', summary: 'x', up: 'update item set n = 1', declared: 'dataDependent' };
    const [only] = explainSteps(planOf({ steps: [step(raw)] }), { actual, dialect, server }).steps;
    expect([only?.lock, only?.undoSql]).toEqual([undefined, undefined]);
    const parts = tableOf('parts', [column('a', int)], { partitioning: { method: 'key', by: '`a`', partitions: 4 } });
    const around = { actual: schemaOf([parts]), dialect, server };
    const [dropped] = explainSteps(planOf({ steps: [step({ kind: 'dropTable', table: parts })] }), around).steps;
    expect(dropped?.undoSql !== undefined).toBe(dialect.name === 'mysql' || dialect.name === 'mariadb');
    expect(dropped?.lock).toBeDefined();
  });

  test('have the hash that they had', () => {
    expect(hashPlan(explained)).toBe(hashPlan(plan));
    expect(reviewHash(explained)).toBe(reviewHash(plan));
  });
});
