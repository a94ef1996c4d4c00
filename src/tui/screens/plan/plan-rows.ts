import { describeObject } from '../../../diff/index.ts';
import { tablesOf } from '../../../operations/index.ts';
import { tableSize } from '../../../report/table-size.ts';
import { displayTable } from '../../../schema/names.ts';
import { oneLine } from '../../text.ts';
import { describeBlocked, type PlanFile, type PlannedFile, type PlanStep } from '../../../plan/plan-file.ts';

/** A row of the list: a heading, a step that can be opened, or something that is only told. */
export type PlanRow =
  | { readonly kind: 'heading'; readonly text: string; readonly level: 1 | 2; readonly size?: string }
  | { readonly kind: 'step'; readonly step: PlanStep; readonly number: number; readonly of: StepPlace }
  | { readonly kind: 'statement'; readonly sql: string; readonly path: string }
  | {
      readonly kind: 'note';
      readonly of: NoteKind;
      readonly text: string;
      readonly icon: string;
      readonly whole?: string;
    };

/** What is only told. */
export type NoteKind = 'blocked' | 'not ours' | 'told';

/** Whose a step is, and why it does not run. */
export type StepPlace =
  | { readonly kind: 'models' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'withheld'; readonly because: string };

/** The plan as rows, grouped by migration and table; only what the filter's words are in. The same rows for the same input. */
export function planRows(plan: PlanFile, filter: string): readonly PlanRow[] {
  if (last?.plan === plan && last.filter === filter) return last.rows;
  const all = last?.plan === plan ? last.all : allRows(plan);
  const rows = filter === '' ? all : filtered(all, filter.toLowerCase().split(/\s+/u));
  last = { plan, filter, rows, all };
  return rows;
}

/** The first row that is no heading. */
export function firstRow(plan: PlanFile, filter: string): number {
  return Math.max(
    0,
    planRows(plan, filter).findIndex(({ kind }) => kind !== 'heading'),
  );
}

let last:
  | {
      readonly plan: PlanFile;
      readonly filter: string;
      readonly rows: readonly PlanRow[];
      readonly all: readonly PlanRow[];
    }
  | undefined;

function allRows(plan: PlanFile): readonly PlanRow[] {
  const { files = [], steps, withheld, notOurs, unverified, blocked } = plan;
  const running = files.filter(({ skipped }) => skipped === undefined);
  const before = running.filter(({ afterModels }) => !afterModels);
  const after = running.filter(({ afterModels }) => afterModels);
  return [
    ...section(
      '⛔ Blocked: nothing runs until this is seen to',
      blocked.map((item) => ({
        ...note('⛔', oneLine(describeBlocked(item)), 'blocked'),
        whole: describeBlocked(item),
      })),
    ),
    ...before.flatMap(fileRows),
    ...section(`🧩 From the models${plan.provisional ? ', as far as is known before the files have run' : ''}`, [
      ...byTable(steps, plan),
    ]),
    ...after.flatMap(fileRows),
    ...section(
      '⏩ Files that do not run',
      files.flatMap(({ path, skipped }) => (skipped === undefined ? [] : [note('⚪', `${path}: ${skipped}`)])),
    ),
    ...section(
      '✋ Withheld: does not run unless included (space)',
      withheld.map((step) => ({ kind: 'step', step, number: 0, of: { kind: 'withheld', because: step.because } })),
    ),
    ...section(
      '👀 Not ours, left alone (enter: how it becomes ours)',
      notOurs.map((object) => note('⚪', describeObject(object), 'not ours')),
    ),
    ...section(
      '❓ Could not be compared, left alone',
      unverified.map((object) => note('⚪', describeObject(object))),
    ),
  ];
}

function section(text: string, rows: readonly PlanRow[]): readonly PlanRow[] {
  return rows.length === 0 ? [] : [{ kind: 'heading', text, level: 1 }, ...rows];
}

function note(icon: string, text: string, of: NoteKind = 'told'): Extract<PlanRow, { kind: 'note' }> {
  return { kind: 'note', of, icon, text };
}

function fileRows({ path, steps, statements = [], unplanned, done = [], ...file }: PlannedFile): readonly PlanRow[] {
  const how = file.repairs ? ': makes again what is missing' : file.afterModels ? ': runs after the models' : '';
  const isEmpty = !unplanned && steps.length + statements.length === 0;
  return [
    { kind: 'heading', text: `📄 ${path}${how}`, level: 1 },
    ...done.map((summary) => note('✅', `done already: ${summary}`)),
    ...(isEmpty ? [note('⚪', 'all of it is there already')] : []),
    ...steps.map((step, at): PlanRow => ({ kind: 'step', step, number: at + 1, of: { kind: 'file', path } })),
    ...statements.map((sql): PlanRow => ({ kind: 'statement', sql, path })),
    ...(unplanned
      ? [note('🧰', file.provisional ? 'code: what it does is seen when it runs' : unplannedText(unplanned))]
      : []),
  ];
}

const unplannedText = (count: number): string =>
  `${count} ${count === 1 ? 'change that is' : 'changes that are'} seen when ${count === 1 ? 'it runs' : 'they run'}`;

function byTable(steps: readonly PlanStep[], plan: PlanFile): readonly PlanRow[] {
  let current: string | undefined;
  return steps.flatMap((step, at) => {
    const row: PlanRow = { kind: 'step', step, number: at + 1, of: { kind: 'models' } };
    const table = tablesOf(step.operation)[0] ?? '';
    if (table === current) return [row];
    current = table;
    const text = table === '' ? 'the database' : displayTable(table);
    return [{ kind: 'heading', text, level: 2, size: tableSize(table, plan) }, row];
  });
}

/** Rows that have all words, and the headings above them. */
function filtered(rows: readonly PlanRow[], words: readonly string[]): readonly PlanRow[] {
  const found: PlanRow[] = [];
  let outer: PlanRow | undefined;
  let inner: PlanRow | undefined;
  for (const row of rows) {
    if (row.kind === 'heading') {
      if (row.level === 1) outer = row;
      inner = row.level === 1 ? undefined : row;
      continue;
    }
    const text = textOf(row);
    if (!words.every((word) => text.includes(word))) continue;
    if (outer) found.push(outer);
    if (inner) found.push(inner);
    found.push(row);
    outer = inner = undefined;
  }
  return found;
}

/** What words are looked for in, made once for a row: a key among ten thousand must not wait. */
function textOf(row: Exclude<PlanRow, { kind: 'heading' }>): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = wordsOf(row).toLowerCase();
  texts.set(row, text);
  return text;
}

const texts = new WeakMap<PlanRow, string>();

function wordsOf(row: Exclude<PlanRow, { kind: 'heading' }>): string {
  if (row.kind === 'step') return `${row.step.summary} ${row.step.class} ${row.of.kind}`;
  return row.kind === 'note' ? row.text : row.sql;
}
