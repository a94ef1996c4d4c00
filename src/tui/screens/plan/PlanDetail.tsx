import { useMemo, type ReactNode } from 'react';
import { planSql } from '../../../report/plan-text.ts';
import { describeLock } from '../../../operations/expected-lock.ts';
import { objectOf, tablesOf } from '../../../operations/index.ts';
import { displayTable } from '../../../schema/names.ts';
import { entryOf } from '../../../schema/entry-of.ts';
import type { PlanStep } from '../../../plan/plan-file.ts';
import { describeLoss } from '../../../plan/rollback-plan.ts';
import { Frame } from '../../components/Frame.tsx';
import { Lines, type TextLine } from '../../components/Lines.tsx';
import type { Overview } from '../../engine.ts';
import { footOf } from '../../keys.ts';
import { bodyHeight, type State } from '../../state.ts';
import { fit } from '../../text.ts';
import { classMarks, classMeanings } from '../../theme.ts';
import { tableSize } from '../../../report/table-size.ts';
import { planRows, type PlanRow } from './plan-rows.ts';
import type { PlanScreen } from './state.ts';

export interface PlanDetailProps {
  readonly state: State;
  readonly overview: Overview;
  readonly screen: PlanScreen & Required<Pick<PlanScreen, 'detail'>>;
}

/** One row of the plan in full, or the SQL of all of it. */
export function PlanDetail({ state, overview, screen }: PlanDetailProps): ReactNode {
  const { of, scroll } = screen.detail;
  const row = planRows(overview.plan, screen.filter)[screen.cursor];
  const title = of === 'all' ? '📝 All SQL' : titleOf(row);
  const lines = useMemo(() => {
    if (of === 'all') return planSql(overview.plan).split('\n');
    return row ? describeRow(row, overview) : [];
  }, [of, row, overview]);
  return (
    <Frame state={state} title={title} keys={footOf('detail', state.size.columns)}>
      <Lines lines={lines} width={state.size.columns} height={bodyHeight(state)} scroll={scroll} />
    </Frame>
  );
}

function titleOf(row: PlanRow | undefined): string {
  if (row?.kind === 'step') return `${classMarks[row.step.class].icon} ${row.step.summary}`;
  if (row?.kind === 'note') return row.of === 'not ours' ? '⚪ Not ours' : '📋 Plan';
  return row?.kind === 'statement' ? `📝 SQL of ${row.path}` : '';
}

function describeRow(row: PlanRow, overview: Overview): readonly TextLine[] {
  if (row.kind === 'step') return describeStep(row.step, row, overview);
  if (row.kind === 'statement')
    return [...row.sql.split('\n'), '', 'What it does to the schema is seen when it runs, and recorded with it.'];
  if (row.kind === 'note' && row.of === 'not ours')
    return [
      row.text,
      '',
      'Something else made it, and the models do not have it: it is left alone.',
      '`migrate adopt --own all` makes what is found ours; what the models then do not have is listed as withheld.',
    ];
  return row.kind === 'note' && row.whole !== undefined ? row.whole.split('\n') : [row.text];
}

function describeStep(
  step: PlanStep,
  { of }: Extract<PlanRow, { kind: 'step' }>,
  overview: Overview,
): readonly TextLine[] {
  const { plan } = overview;
  const table = tablesOf(step.operation)[0] ?? '';
  const { means, safeWay } = classMeanings[step.class];
  return [
    fact('class', `${step.class}: ${means}`),
    ...(of.kind === 'withheld' ? [fact('withheld', of.because)] : []),
    ...(table === '' ? [] : [fact('table', [displayTable(table), tableSize(table, plan)].filter(Boolean).join(' · '))]),
    ...(step.lock ? [fact('lock', describeLock(step.lock))] : []),
    fact('from', of.kind === 'file' ? of.path : originOf(step, overview)),
    ...needsOf(step, overview),
    '',
    ...(of.kind === 'withheld' ? ['It does not run unless included (space). Then it would send:', ''] : []),
    ...sqlBothWays(step),
    fact('restores', restoresText(step)),
    '',
    ...(step.losses ?? []).map((loss): TextLine => ({ text: `  🔴 ${describeLoss(loss)}`, colour: 'red' })),
    heading('Risks'),
    ...step.risks.map(({ id, severity }) => `  ${severity}: ${id}`),
    ...(safeWay === undefined && step.risks.length === 0 ? ['  none known'] : []),
    ...(safeWay === undefined ? [] : [`  ${means}`]),
    ...(safeWay === undefined ? [] : [`  safe way: ${safeWay}`]),
  ];
}

function downLines({ undo, undoSql }: PlanStep): readonly TextLine[] {
  if (undo.restores === 'nothing') return [`  none: ${undo.because}`];
  return undoSql ? sqlLines(undoSql) : ['  cannot be said before it runs'];
}

function sqlBothWays(step: PlanStep): readonly TextLine[] {
  return [heading('Up'), ...sqlLines(step.sql), '', heading('Down'), ...downLines(step)];
}

function fact(name: string, value: string): TextLine {
  return [{ text: fit(name, 10), dim: true }, value];
}

function heading(text: string): TextLine {
  return { text, bold: true };
}

function sqlLines(sql: readonly string[]): readonly TextLine[] {
  return sql.length === 0
    ? ['  nothing is sent']
    : sql.flatMap((text) => `${text};`.split('\n').map((line) => `  ${line}`));
}

function restoresText({ undo }: PlanStep): string {
  if (undo.restores === 'everything') return 'everything';
  return undo.restores === 'structure' ? 'structure only: values that are gone stay gone' : 'nothing';
}

function needsOf({ needs }: PlanStep, { plan }: Overview): readonly TextLine[] {
  const summaries = needs.flatMap((id) => plan.steps.find((step) => step.id === id)?.summary ?? []);
  return summaries.length === 0 ? [] : [fact('needs', summaries.join(', '))];
}

/** The property of the models that a step comes from, and its file. */
function originOf({ operation }: PlanStep, { origins }: Overview): string {
  const table = tablesOf(operation)[0] ?? '';
  const origin = entryOf(origins, table);
  if (!origin) return 'the models';
  const [, column = ''] = objectOf(operation).split(/\.(?=[^.]*$)/u);
  const property = entryOf(origin.columns, column);
  const where = property === undefined ? origin.entity : `${origin.entity}.${property}`;
  return origin.file === undefined ? where : `${origin.file}, ${where}`;
}
