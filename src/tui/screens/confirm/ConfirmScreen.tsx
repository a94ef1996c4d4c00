import type { ReactNode } from 'react';
import { Frame } from '../../components/Frame.tsx';
import { Line } from '../../components/Line.tsx';
import { Lines, type TextLine } from '../../components/Lines.tsx';
import { Prompt } from '../../components/Prompt.tsx';
import type { Overview } from '../../engine.ts';
import { footOf } from '../../keys.ts';
import { bodyHeight, type State } from '../../state.ts';
import { classMarks } from '../../theme.ts';
import { countByClass, type ConfirmScreen as Screen } from './state.ts';
import type { ChangeClass } from '../../../operations/change-class.ts';
import { countChanges, describeFile, type PlanStep } from '../../../plan/plan-file.ts';
import { describeLoss } from '../../../plan/rollback-plan.ts';
import { skippedText } from '../skipped-text.ts';

/** What will run, what will not and why; the last look before anything is changed. */
export function ConfirmScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { overview, size } = state;
  if (!overview) return null;
  return (
    <Frame
      state={state}
      title="✋ Confirm"
      keys={footOf(screen.expects === undefined ? 'confirm' : 'approving', state.size.columns)}
    >
      <Lines
        lines={linesOf(overview)}
        width={size.columns}
        height={Math.max(1, bodyHeight(state) - 2)}
        scroll={screen.scroll}
      />
      <Line width={size.columns} parts={[]} />
      {screen.expects === undefined ? (
        <Line width={size.columns} parts={[{ text: 'Run this? enter runs it, esc goes back', bold: true }]} />
      ) : (
        <Prompt label={`Type ${screen.expects} to run this ›`} text={screen.typed} width={size.columns} />
      )}
    </Frame>
  );
}

function linesOf({ plan, interrupted, release }: Overview): readonly TextLine[] {
  const counts = Object.entries(countByClass(plan)) as [ChangeClass, number][];
  const running = (plan.files ?? []).filter(({ skipped }) => skipped === undefined);
  const statements = running.reduce((sum, file) => sum + (file.statements?.length ?? 0), 0);
  const unplanned = running.reduce((sum, file) => sum + (file.unplanned ?? 0), 0);
  const skipped = skippedText(plan.files ?? []);
  const destructive = [...running.flatMap((file) => file.steps), ...plan.steps].filter(
    (step) => step.class === 'destructive',
  );
  return [
    { text: `Will run: ${counted(countChanges(plan), 'change')}`, bold: true },
    ...(release.standing === 'ahead' ? ['  the release was rolled back here: it comes again, by this plan'] : []),
    ...interrupted.map((summary) => `  🩹 settled first: ${summary}`),
    ...running.map((file) => `  📄 ${describeFile(file)}`),
    ...counts.filter(([, count]) => count > 0).map(([name, count]) => `  ${classMarks[name].icon} ${count} ${name}`),
    ...(statements > 0 ? [`  📝 ${counted(statements, 'SQL statement')}`] : []),
    ...(unplanned > 0 ? [`  🧰 ${unplanned} seen when ${unplanned === 1 ? 'it runs' : 'they run'}`] : []),
    ...destructive.flatMap(destructiveLines),
    ...(plan.provisional
      ? ['  What the models ask for is planned again after the files; if it is another plan, you see it first.']
      : []),
    '',
    { text: 'Will not run', bold: true },
    ...plan.withheld.map(({ summary, because }) => `  ✋ ${summary}: ${because}`),
    ...skipped.map((text) => `  ⏩ ${text}`),
    ...(plan.notOurs.length > 0 ? [`  👀 ${plan.notOurs.length} not ours, left alone`] : []),
    ...(plan.withheld.length + skipped.length + plan.notOurs.length === 0 ? ['  nothing: all of the plan runs'] : []),
    '',
    'The plan is made again under the lock. If it is another by then, nothing runs, and you see the new one.',
  ];
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function destructiveLines({ summary, losses }: PlanStep): readonly TextLine[] {
  return [
    { text: `  🔴 ${summary}: the way back restores structure only`, colour: 'red' },
    ...(losses ?? []).map((loss): TextLine => ({ text: `     ${describeLoss(loss)}`, colour: 'red' })),
    ...(losses?.length === 0 ? ['     no value is lost: there is none'] : []),
  ];
}
