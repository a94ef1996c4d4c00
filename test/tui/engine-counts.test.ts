import { expect, test } from 'vitest';
import { countChanges, type PlanFile } from '../../src/plan/plan-file.ts';
import { planText } from '../../src/report/plan-text.ts';
import { undecided } from '../../src/review/decisions.ts';
import type { RunResult } from '../../src/tui/engine.ts';
import { planRows } from '../../src/tui/screens/plan/plan-rows.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { typedFile } from '../scenarios/support/items.ts';
import { createEngineProject, listener, oneTable } from './support/engine-project.ts';
import { play } from './support/play.ts';

const models = oneTable(
  `name: p.string().length(20).nullable(), word: p.string().length(20).nullable(), size: p.integer().nullable()`,
);
const add = (column: string): string => `{ kind: 'addColumn', table: 'item', column: word('${column}') }`;
const files = {
  'migrations/1_typed.ts': typedFile([add('name')]),
  'migrations/2_made.sql': `create table made (id integer not null);\ninsert into made (id) values (1);\ninsert into made (id) values (2);\n`,
  'migrations/3_code.js': `export async function up({ execute }) { await execute('delete from made'); await execute('drop table made'); }`,
  'migrations/4_rows.sql': `-- migrate:up data:true\ninsert into item (id) values (71);\ninsert into item (id) values (72);\n`,
};

test.each(databaseKinds)('everything counts the changes of a run alike on %s', async (kind) => {
  const database = await createDatabase(kind, { name: 'counts' });
  await expectAlike(database, { files: 4, ofFiles: 2 });
  await database.drop();
  const old = await createDatabase(kind, { name: 'counts' });
  await old.run(['create table item (id integer not null primary key)']);
  const { plan } = await expectAlike(old, { files: 4, ofFiles: 1 + 3 + 1 + 2 });
  expect(planText(plan, { sql: false })).toContain(`: ${7 + plan.steps.length} changes, 7 of them of migration files`);
  await old.drop();
});

async function expectAlike(
  database: TestDatabase,
  expected: { readonly files: number; readonly ofFiles: number },
): Promise<{ readonly plan: PlanFile; readonly result: RunResult }> {
  const project = createEngineProject(database);
  project.addFiles(files);
  const engine = project.engine(models);
  const overview = await engine.survey(undecided, listener());
  const { plan, reviewHash: hash } = overview;
  expect(plan.files).toHaveLength(expected.files);
  const changes = expected.ofFiles + plan.steps.length;
  const rows = planRows(plan, '').filter((row) => (row.kind === 'step' && row.number > 0) || row.kind === 'statement');
  expect(rows.length + unplanned(plan)).toBe(changes);
  expect(planRows(plan, '')).not.toContainEqual(expect.objectContaining({ text: 'all of it is there already' }));
  const { state } = play().hear({ kind: 'surveyed', overview }).press('p', 'a', 'enter');
  const heard = listener();
  const result = await engine.migrate({ ...undecided, hash, redo: false }, heard);
  const done = heard.facts.filter(({ kind }) => kind === 'operationApplied');
  const planned = heard.facts.find((fact) => fact.kind === 'planned')?.plan.changes;
  const counts = [
    countChanges(plan),
    'total' in state.screen && state.screen.total,
    planned,
    result.applied,
    done.length,
  ];
  expect(counts).toEqual(counts.map(() => changes));
  const begun = heard.facts.filter((fact) => fact.kind === 'operationStarted');
  expect(begun.filter(({ step, total }) => step < 1 || step > total)).toEqual([]);
  const rowsOf4 = begun.filter(({ summary }) => summary.includes('values (7'));
  expect(rowsOf4.map(({ step, total }) => [step, total])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  return { plan, result };
}

const unplanned = ({ files: all = [] }: PlanFile): number => all.reduce((sum, file) => sum + (file.unplanned ?? 0), 0);
