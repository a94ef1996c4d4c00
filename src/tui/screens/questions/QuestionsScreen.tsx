import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { RenameQuestion, ValueQuestion } from '../../../plan/question.ts';
import { describeType } from '../../../schema/logical-type.ts';
import { displayTable } from '../../../schema/names.ts';
import { Choices } from '../../components/Choices.tsx';
import { Frame } from '../../components/Frame.tsx';
import { Lines } from '../../components/Lines.tsx';
import { Prompt } from '../../components/Prompt.tsx';
import { footOf } from '../../keys.ts';
import { bodyHeight, shareBody, type State } from '../../state.ts';
import { placeOf, questionAt, type QuestionsScreen as Screen } from './state.ts';

/** One question at a time: rename or new, or what rows get whose column must not be NULL. */
export function QuestionsScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const question = questionAt(state, screen);
  const total = state.overview?.plan.questions?.length ?? 0;
  const title = question ? `❓ Question ${screen.at + 1} of ${total}` : '❓ Questions';
  return (
    <Frame
      state={state}
      title={title}
      keys={footOf(screen.asks === 'value' ? 'typing' : 'questions', state.size.columns)}
    >
      {question?.kind === 'rename' && <Rename state={state} screen={screen} question={question} />}
      {question?.kind === 'value' && <Value state={state} screen={screen} question={question} />}
    </Frame>
  );
}

interface Props<Question> {
  readonly state: State;
  readonly screen: Screen;
  readonly question: Question;
}

function Rename({ state, screen, question }: Props<RenameQuestion>): ReactNode {
  const { table, column, type, candidates } = question;
  const width = state.size.columns;
  const choices = [
    ...candidates.map((old) => `${old.column} was renamed to ${column}: every value is kept`),
    `${column} is a new column: it begins empty, and ${candidates.map((old) => old.column).join(', ')} is left alone or withheld`,
  ];
  const share = shareBody(state, choices);
  const lines = [
    { text: `${displayTable(table)}: is ${column} a new name, or a new column?`, bold: true },
    '',
    `comes  ${column}, ${describeType(type)}`,
    ...candidates.map(
      (old) => `goes   ${old.column}, ${describeType(old.type)}${samplesText(screen, table, old.column)}`,
    ),
    '',
  ];
  return (
    <Box flexDirection="column">
      <Lines lines={lines} width={width} height={share.text} scroll={screen.scroll} />
      <Choices choices={choices} cursor={screen.cursor} width={width} height={share.choices} />
    </Box>
  );
}

function samplesText({ samples }: Screen, table: string, column: string): string {
  const values = samples[placeOf(table, column)];
  if (values === undefined) return ', reading values …';
  return values.length === 0 ? ', without values' : `, with values such as ${values.join(', ')}`;
}

function Value({ state, screen, question }: Props<ValueQuestion>): ReactNode {
  const { table, column, type } = question;
  const width = state.size.columns;
  const lines = [
    { text: `What do the rows of ${displayTable(table)} get in ${column}?`, bold: true },
    '',
    `${column} is ${describeType(type)}, must not be NULL and has no default, and the table has rows.`,
    screen.as === 'value'
      ? 'Type a value of that type; tab changes to an SQL expression over the row.'
      : 'Type an SQL expression over the row; the database checks it when the plan is made. tab changes to a value.',
    '',
    ...(screen.problem === undefined ? [] : [{ text: `❌ ${screen.problem}`, colour: 'red' as const }]),
  ];
  return (
    <Box flexDirection="column">
      <Lines lines={lines} width={width} height={Math.max(1, bodyHeight(state) - 1)} />
      <Prompt label={`${screen.as} ›`} text={screen.text} width={width} />
    </Box>
  );
}
