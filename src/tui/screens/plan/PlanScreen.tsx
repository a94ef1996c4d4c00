import type { ReactNode } from 'react';
import { Frame } from '../../components/Frame.tsx';
import { Line, type Part } from '../../components/Line.tsx';
import { List } from '../../components/List.tsx';
import { Prompt } from '../../components/Prompt.tsx';
import type { Overview } from '../../engine.ts';
import { footOf } from '../../keys.ts';
import { bodyHeight, type State } from '../../state.ts';
import { firstThatFits, showable, widthOf } from '../../text.ts';
import { classMarks } from '../../theme.ts';
import { PlanDetail } from './PlanDetail.tsx';
import { tableSize } from '../../../report/table-size.ts';
import { planRows, type PlanRow } from './plan-rows.ts';
import type { PlanScreen as Screen } from './state.ts';
import { describeLock, describeLockShortly } from '../../../operations/expected-lock.ts';
import { tablesOf } from '../../../operations/index.ts';
import { countChanges, type PlanStep } from '../../../plan/plan-file.ts';

/** The ordered list of what would run, grouped by migration and table. */
export function PlanScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { overview, size } = state;
  if (!overview)
    return <Frame state={state} title="📋 Plan" keys={footOf('plan', state.size.columns)} children={undefined} />;
  if (screen.detail)
    return <PlanDetail state={state} overview={overview} screen={{ ...screen, detail: screen.detail }} />;
  const rows = planRows(overview.plan, screen.filter);
  const hasPrompt = screen.isFiltering || screen.filter !== '';
  return (
    <Frame
      state={state}
      title={titleOf(overview)}
      keys={footOf(screen.isFiltering ? 'filtering' : 'plan', state.size.columns)}
    >
      {hasPrompt && <Prompt label="/" text={screen.filter} width={size.columns} isOpen={screen.isFiltering} />}
      <List
        rows={rows}
        cursor={screen.cursor}
        width={size.columns}
        height={bodyHeight(state) - (hasPrompt ? 1 : 0)}
        draw={(row) => partsOf(row, overview, size.columns - 2)}
        empty={screen.filter === '' ? '🎉 Nothing to do: the database is as the models say' : 'Nothing has these words'}
      />
      {rows.length === 0 && <Line width={size.columns} parts={[]} />}
    </Frame>
  );
}

function titleOf({ plan }: Overview): string {
  const files = (plan.files ?? []).filter(({ skipped }) => skipped === undefined).length;
  const count = countChanges(plan);
  const changes = `${count} ${count === 1 ? 'change' : 'changes'}`;
  return `📋 Plan ${plan.hash.slice(0, 12)}: ${files > 0 ? `${files} ${files === 1 ? 'file' : 'files'}, ` : ''}${changes}`;
}

/** A row in so many columns: what it is comes first, and what else is told of it takes the words that have room. */
function partsOf(row: PlanRow, overview: Overview, width: number): readonly (Part | string)[] {
  switch (row.kind) {
    case 'heading':
      return headingParts(row, width);
    case 'note':
      return [`  ${row.icon} ${row.text}`];
    case 'statement':
      return [`  📝 ${row.sql.replaceAll(/\s+/gu, ' ').trim()}`];
    case 'step':
      return stepParts(row, overview, width);
  }
}

function headingParts({ text, level, size }: Extract<PlanRow, { kind: 'heading' }>, width: number): readonly Part[] {
  if (level === 1) return [{ text, bold: true }];
  const name = `  ${text}`;
  const [rows = ''] = size?.split(', ') ?? [];
  const sizes = size ? [` · ${size}`, ` · ${rows}`] : [];
  return [
    { text: name, dim: true },
    { text: firstThatFits(sizes, width - widthOf(showable(name))), dim: true },
  ];
}

function stepParts(
  { step, number, of }: Extract<PlanRow, { kind: 'step' }>,
  { plan }: Overview,
  width: number,
): readonly (Part | string)[] {
  const { icon, colour } = classMarks[step.class];
  const [mark, counted] = [`  ${icon} `, of.kind === 'withheld' ? '' : `${number}. `];
  const left = width - widthOf(mark + counted + showable(step.summary));
  if (of.kind === 'withheld') {
    const [briefly = ''] = of.because.split(': ');
    const because = firstThatFits([`  ${of.because}`, `  ${briefly}`], left);
    return [mark, { text: step.summary, dim: true }, { text: because, dim: true }];
  }
  const size = of.kind === 'file' ? tableSize(tablesOf(step.operation)[0] ?? '', plan) : '';
  return [
    mark,
    { text: counted, dim: true },
    { text: step.summary, colour },
    { text: firstThatFits(factsOf(step, size), left), dim: true },
  ];
}

/** What is told of a step behind it, from all of it to the lock alone: its class is also in its mark. */
function factsOf({ class: changeClass, lock }: PlanStep, size: string): readonly string[] {
  const long = lock ? describeLock(lock) : '';
  const short = lock ? describeLockShortly(lock) : '';
  const wordings = [
    [changeClass, size, long],
    [changeClass, size, short],
    [changeClass, long],
    [changeClass, short],
    [short],
  ];
  return wordings.map((facts) => facts.filter(Boolean).join(' · ')).map((text) => (text === '' ? '' : `  ${text}`));
}
