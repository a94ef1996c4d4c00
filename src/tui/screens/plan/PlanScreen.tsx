import type { ReactNode } from 'react';
import { Frame } from '../../components/Frame.tsx';
import { Line, type Part } from '../../components/Line.tsx';
import { List } from '../../components/List.tsx';
import { Prompt } from '../../components/Prompt.tsx';
import type { Overview } from '../../engine.ts';
import { footOf } from '../../keys.ts';
import { bodyHeight, type State } from '../../state.ts';
import { classMarks } from '../../theme.ts';
import { PlanDetail } from './PlanDetail.tsx';
import { planRows, sizeOf, type PlanRow } from './plan-rows.ts';
import type { PlanScreen as Screen } from './state.ts';
import { describeLock } from '../../../operations/expected-lock.ts';
import { tablesOf } from '../../../operations/index.ts';

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
      {hasPrompt && <Prompt label="/" text={screen.filter} width={size.columns} />}
      <List
        rows={rows}
        cursor={screen.cursor}
        width={size.columns}
        height={bodyHeight(state) - (hasPrompt ? 1 : 0)}
        draw={(row) => partsOf(row, overview)}
        empty={screen.filter === '' ? '🎉 Nothing to do: the database is as the models say' : 'Nothing has these words'}
      />
      {rows.length === 0 && <Line width={size.columns} parts={[]} />}
    </Frame>
  );
}

function titleOf({ plan }: Overview): string {
  const files = (plan.files ?? []).filter(({ skipped }) => skipped === undefined).length;
  const changes = `${plan.steps.length} ${plan.steps.length === 1 ? 'change' : 'changes'}`;
  return `📋 Plan ${plan.hash.slice(0, 12)}: ${files > 0 ? `${files} ${files === 1 ? 'file' : 'files'}, ` : ''}${changes}`;
}

function partsOf(row: PlanRow, overview: Overview): readonly (Part | string)[] {
  switch (row.kind) {
    case 'heading':
      return [row.level === 1 ? { text: row.text, bold: true } : { text: `  ${row.text}`, dim: true }];
    case 'note':
      return [`  ${row.icon} ${row.text}`];
    case 'statement':
      return [`  📝 ${row.sql.replaceAll(/\s+/gu, ' ').trim()}`];
    case 'step':
      return stepParts(row, overview);
  }
}

function stepParts(
  { step, number, of }: Extract<PlanRow, { kind: 'step' }>,
  { plan }: Overview,
): readonly (Part | string)[] {
  const { icon, colour } = classMarks[step.class];
  if (of.kind === 'withheld')
    return [`  ${icon} `, { text: step.summary, dim: true }, { text: `  ${of.because}`, dim: true }];
  const size = of.kind === 'file' ? sizeOf(tablesOf(step.operation)[0] ?? '', plan) : '';
  const facts = [step.class, size, step.lock ? describeLock(step.lock) : ''].filter(Boolean).join(' · ');
  return [
    `  ${icon} `,
    { text: `${number}. `, dim: true },
    { text: step.summary, colour },
    { text: `  ${facts}`, dim: true },
  ];
}
