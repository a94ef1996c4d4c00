import type { ReactNode } from 'react';
import { describeBlocked } from '../../../plan/plan-file.ts';
import {
  describeLoss,
  describeRelease,
  isWhole,
  notBroughtBack,
  storedWays,
  totalLost,
  type RollbackChange,
  type RollbackPlan,
} from '../../../plan/rollback-plan.ts';
import { Choices } from '../../components/Choices.tsx';
import { Frame } from '../../components/Frame.tsx';
import { Line } from '../../components/Line.tsx';
import { Lines, type TextLine } from '../../components/Lines.tsx';
import { Prompt } from '../../components/Prompt.tsx';
import { footOf, placeOfKeys } from '../../keys.ts';
import { bodyHeight, shareBody, type State } from '../../state.ts';
import { choicesOf, type RollbackScreen as Screen } from './state.ts';

/** What would be taken back: what each step restores and loses, counted on the database as it is. */
export function RollbackScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { columns } = state.size;
  const plan = screen.planned?.plan;
  const choices = choicesOf(screen).map(({ says }) => `${says.charAt(0).toUpperCase()}${says.slice(1)}`);
  const share = choices.length === 0 ? { text: bodyHeight(state), choices: 0 } : shareBody(state, choices);
  return (
    <Frame state={state} title={titleOf(plan)} keys={footOf(placeOfKeys(screen), columns)}>
      <Lines
        lines={plan ? linesOf(plan, screen.showsSql) : problemLines(screen)}
        width={columns}
        height={screen.isConfirming ? Math.max(1, bodyHeight(state) - 2) : share.text}
        scroll={screen.scroll}
      />
      {choices.length > 0 && (
        <Choices choices={choices} cursor={screen.choice} width={columns} height={share.choices} />
      )}
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

/** What cannot be, what goes and what stays away come first: they must be seen when leave is asked for. */
function linesOf(plan: RollbackPlan, showsSql: boolean): readonly TextLine[] {
  return [
    ...listed({ text: '⛔ Impossible', bold: true }, plan.blocked.map(describeBlocked)),
    ...lossLines(plan),
    `📌 ${describeRelease(plan)}`,
    '',
    ...plan.changes.flatMap((change) => changeLines(change, showsSql)),
  ];
}

function lossLines(plan: RollbackPlan): readonly TextLine[] {
  if (isWhole(plan)) return plan.blocked.length === 0 ? ['✅ Nothing is lost, everything comes back'] : [];
  const lost = totalLost(plan);
  const losses = plan.changes.flatMap((change) => change.losses.map(describeLoss));
  return [
    ...listed({ text: `🔴 ${lost}`, bold: true, colour: 'red' }, losses),
    ...listed({ text: '🟡 Does not come back', bold: true }, notBroughtBack(plan)),
    ...listed({ text: '✋ Needs your approval', bold: true }, storedWays(plan)),
  ];
}

function listed(title: TextLine, lines: readonly string[]): readonly TextLine[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  · ${line}`)];
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
  if (restores === 'structure') return 'brings the structure back';
  return losses.length === 0 ? 'brings everything back' : 'brings everything of then back; what came since is lost';
}

function problemLines({ problem }: Screen): readonly TextLine[] {
  if (!problem) return [];
  return [{ text: `❌ ${problem.code}: ${problem.message}`, colour: 'red' }, `   what to do: ${problem.fix}`];
}
