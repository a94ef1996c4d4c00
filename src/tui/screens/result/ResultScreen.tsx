import type { ReactNode } from 'react';
import { Choices } from '../../components/Choices.tsx';
import { Frame } from '../../components/Frame.tsx';
import { Lines, type TextLine } from '../../components/Lines.tsx';
import { duration } from '../../duration.ts';
import { footOf } from '../../keys.ts';
import { bodyHeight, shareBody, type State } from '../../state.ts';
import { choicesOf, type Choice, type Outcome, type ResultScreen as Screen } from './state.ts';

/** How it ended, in what state the database is, and what can be done now. */
export function ResultScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { outcome, showsSql, cursor } = screen;
  const { columns } = state.size;
  if (showsSql && outcome.kind === 'failed')
    return (
      <Frame state={state} title="📝 The statement that failed" keys="any key goes back">
        <Lines lines={(outcome.sql ?? '').split('\n')} width={columns} height={bodyHeight(state)} />
      </Frame>
    );
  const choices = choicesOf(outcome).map((choice) => words[choice]);
  const share = shareBody(state, choices);
  return (
    <Frame state={state} title={titleOf(outcome)} keys={footOf('result', state.size.columns)}>
      <Lines lines={linesOf(outcome)} width={columns} height={share.text} scroll={screen.scroll} />
      <Choices choices={choices} cursor={cursor} width={columns} height={share.choices} />
    </Frame>
  );
}

const words: { readonly [choice in Choice]: string } = {
  retry: 'Look again and retry',
  rollBack: 'Roll back what this run did …',
  sql: 'Show the SQL that failed',
  history: 'History',
  quit: 'Quit',
};

function titleOf(outcome: Outcome): string {
  if (outcome.kind === 'failed') return outcome.problem.code === 'INTERRUPTED' ? '🛑 Stopped' : '❌ Failed';
  return outcome.doing === 'migrate' ? '🎉 Done' : '🔙 Rolled back';
}

function linesOf(outcome: Outcome): readonly TextLine[] {
  if (outcome.kind === 'ended') return endedLines(outcome);
  const { problem, applied, left } = outcome;
  return [
    { text: `❌ ${problem.code}: ${problem.message}`, colour: 'red' },
    `   what to do: ${problem.fix}`,
    `   database: ${problem.state}`,
    ...listed('✅ applied', applied),
    ...listed('⛔ not applied', left),
    '',
  ];
}

function endedLines({ doing, result, ms }: Extract<Outcome, { kind: 'ended' }>): readonly TextLine[] {
  const { applied, head, verification } = result;
  const what = doing === 'migrate' ? 'applied' : 'taken back';
  return [
    `📊 ${applied} ${applied === 1 ? 'change' : 'changes'} ${what} in ${duration(ms)}`,
    ...listed('🟡 Does not come back', result.notBroughtBack ?? []),
    ...(verification
      ? [
          `${verification.verdict === 'PASSED' ? '✅' : '🟡'} Verification ${verification.verdict}: ${verification.passed} of ${verification.total} critical queries passed`,
        ]
      : []),
    ...(head ? [`🔗 Log head: version ${head.version}, hash ${head.hash}`] : []),
    ...(result.log === undefined ? [] : [`📜 The log is in ${result.log}; migrate history shows it`]),
    '',
  ];
}

function listed(title: string, items: readonly string[]): readonly TextLine[] {
  if (items.length === 0) return [];
  return [
    `${title}: ${items.length}`,
    ...items.slice(0, 5).map((item) => `     · ${item}`),
    ...(items.length > 5 ? [`     and ${items.length - 5} more`] : []),
  ];
}
