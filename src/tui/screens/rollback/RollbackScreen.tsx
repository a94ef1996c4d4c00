import type { ReactNode } from 'react';
import { describeBlocked } from '../../../plan/plan-file.ts';
import { describeLoss, needsLeave, type RollbackChange, type RollbackPlan } from '../../../plan/rollback-plan.ts';
import { Frame } from '../../components/Frame.tsx';
import { Line } from '../../components/Line.tsx';
import { Lines, type TextLine } from '../../components/Lines.tsx';
import { Prompt } from '../../components/Prompt.tsx';
import { footOf } from '../../keys.ts';
import { bodyHeight, type State } from '../../state.ts';
import type { RollbackScreen as Screen } from './state.ts';

/** What would be taken back: what each step restores and loses, counted on the database as it is. */
export function RollbackScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { columns } = state.size;
  const plan = screen.planned?.plan;
  return (
    <Frame
      state={state}
      title={titleOf(plan)}
      keys={footOf(screen.expects === undefined ? (plan ? 'rollback' : 'waiting') : 'approving', state.size.columns)}
    >
      <Lines
        lines={plan ? linesOf(plan, screen.showsSql) : problemLines(screen)}
        width={columns}
        height={Math.max(1, bodyHeight(state) - (screen.isConfirming ? 2 : 0))}
        scroll={screen.scroll}
      />
      {screen.isConfirming && <Line width={columns} parts={[]} />}
      {screen.isConfirming && screen.expects === undefined && (
        <Line width={columns} parts={[{ text: 'Take this back? enter does it, esc goes back', bold: true }]} />
      )}
      {screen.expects !== undefined && (
        <Prompt label={`Type ${screen.expects} to take this back ›`} text={screen.typed} width={columns} />
      )}
    </Frame>
  );
}

function titleOf(plan: RollbackPlan | undefined): string {
  if (!plan) return '🔙 Rollback';
  return `🔙 Rollback to version ${plan.target}: ${plan.changes.length} ${plan.changes.length === 1 ? 'change' : 'changes'}`;
}

function linesOf(plan: RollbackPlan, showsSql: boolean): readonly TextLine[] {
  const leave = needsLeave(plan);
  return [
    ...(plan.blocked.length === 0
      ? []
      : [{ text: '⛔ Impossible', bold: true }, ...plan.blocked.map((item) => `  ${describeBlocked(item)}`), '']),
    ...plan.changes.flatMap((change) => changeLines(change, showsSql)),
    '',
    plan.release === null ? '📌 No release is recorded any more' : `📌 Release ${plan.release} comes back`,
    ...(leave.length === 0
      ? ['✅ Nothing is lost']
      : [{ text: '✋ Needs your approval', bold: true }, ...leave.map((line) => `  · ${line}`)]),
  ];
}

function changeLines(change: RollbackChange, showsSql: boolean): readonly TextLine[] {
  const { undoes, summary, restores, because, losses, steps } = change;
  return [
    [
      { text: `${marks[restores]} `, bold: true },
      `takes back: ${summary}  `,
      { text: `version ${undoes} · ${restoresText(change)}`, dim: true },
    ],
    ...(because === undefined ? [] : [`     ${because}`]),
    ...losses.map((loss): TextLine => ({ text: `     🔴 ${describeLoss(loss)}`, colour: 'red' })),
    ...(showsSql
      ? steps.flatMap(({ sql }) => sql.flatMap((text) => `${text};`.split('\n').map((line) => `     ${line}`)))
      : []),
  ];
}

const marks: { readonly [restores in RollbackChange['restores']]: string } = {
  everything: '🟢',
  structure: '🟡',
  nothing: '🔴',
};

function restoresText({ restores, losses }: RollbackChange): string {
  if (restores === 'nothing') return 'brings nothing back';
  if (restores === 'structure') return 'brings the structure back, without the values of then';
  return losses.length === 0 ? 'brings everything back' : 'brings everything of then back; what came since is lost';
}

function problemLines({ problem }: Screen): readonly TextLine[] {
  if (!problem) return [];
  return [{ text: `❌ ${problem.code}: ${problem.message}`, colour: 'red' }, `   what to do: ${problem.fix}`];
}
