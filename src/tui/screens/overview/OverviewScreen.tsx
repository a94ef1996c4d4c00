import type { ReactNode } from 'react';
import { describeObject } from '../../../diff/index.ts';
import { describeFile } from '../../../plan/plan-file.ts';
import type { Question } from '../../../plan/question.ts';
import { displayTable } from '../../../schema/names.ts';
import { skippedText } from '../skipped-text.ts';
import { Frame } from '../../components/Frame.tsx';
import { Lines, type TextLine } from '../../components/Lines.tsx';
import type { Overview } from '../../engine.ts';
import { footOf } from '../../keys.ts';
import { bodyHeight, type State } from '../../state.ts';
import { fit, oneLine } from '../../text.ts';
import type { Colour } from '../../theme.ts';
import { isIdle, type OverviewScreen as Screen } from './state.ts';

/** Where the database stands: what it is, what is pending, what is withheld or not ours, who else is there. */
export function OverviewScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { overview, size } = state;
  return (
    <Frame state={state} title="🚀 mikrate" keys={footOf(isIdle(state) ? 'idle' : 'overview', state.size.columns)}>
      <Lines
        width={size.columns}
        height={bodyHeight(state)}
        lines={overview ? linesOf(overview, state) : []}
        scroll={screen.scroll}
      />
    </Frame>
  );
}

function linesOf(overview: Overview, state: State): readonly TextLine[] {
  const { place, head, plan, drift, interrupted, lockHolders } = overview;
  const running = (plan.files ?? []).filter(({ skipped }) => skipped === undefined);
  return [
    fact('server', place.server),
    fact('database', place.user === undefined ? place.database : `${place.database}, as ${place.user}`),
    fact('environment', place.environment ?? 'none named', place.environment === 'production' ? 'red' : undefined),
    fact(
      'head',
      head ? `version ${head.version} of ${head.at.slice(0, 19)} UTC, ${head.hash.slice(0, 12)}` : 'no log yet',
    ),
    fact('release', releaseText(overview), overview.release.standing === 'same' ? undefined : 'cyan'),
    ...(drift ? [fact('drift', 'something else changed the schema since the last event', 'magenta')] : []),
    ...(overview.notices ?? []).map((text) => fact('note', text, 'magenta')),
    ...counted('interrupted', interrupted, 'magenta'),
    ...counted('files', running.map(describeFile), 'green'),
    ...skippedText(plan.files ?? []).map((text) => fact('', text)),
    ...counted(
      'changes',
      plan.steps.map(({ summary }) => summary),
      'green',
    ),
    ...counted('questions', (plan.questions ?? []).map(describeQuestion), 'magenta'),
    ...counted('blocked', plan.questions?.length ? [] : plan.blocked.map(({ message }) => oneLine(message)), 'red'),
    ...counted(
      'withheld',
      plan.withheld.map(({ summary, because }) => `${summary}: ${because}`),
      'magenta',
    ),
    ...counted('not ours', plan.notOurs.map(describeObject)),
    ...counted('others', lockHolders ?? [], 'magenta'),
    '',
    next(state),
  ];
}

function fact(name: string, value: string, colour?: Colour): TextLine {
  return [
    { text: fit(name, 13), dim: true },
    { text: value, colour },
  ];
}

/** How many, and the first of them. */
function counted(name: string, items: readonly string[], colour?: Colour): readonly TextLine[] {
  if (items.length === 0) return [];
  const rest = items.length - shown;
  return [
    fact(name, String(items.length), colour),
    ...items.slice(0, shown).map((item): TextLine => [`${' '.repeat(13)}· ${item}`]),
    ...(rest > 0 ? [[{ text: `${' '.repeat(13)}  and ${rest} more`, dim: true }]] : []),
  ];
}

const shown = 3;

function describeQuestion({ kind, table, column }: Question): string {
  return `${displayTable(table)}.${column}: ${kind === 'rename' ? 'a new name, or a new column?' : 'what do its rows get?'}`;
}

function releaseText({ release }: Overview): string {
  const { standing } = release;
  const mine = shortId(release.mine);
  const database = release.database === null ? null : shortId(release.database);
  if (standing === 'same') return `${mine}, as the database`;
  if (standing === 'first') return `${mine}, the first here`;
  if (standing === 'newer') return `${mine}, newer than the database (${database ?? 'none'})`;
  if (standing === 'older') return `${mine}, older than the database (${database ?? 'none'}): nothing is changed`;
  if (standing === 'ahead') return `${mine}, rolled back here: apply does it again`;
  return `${mine}, ${standing} from the database (${database ?? 'none'})`;
}

function next(state: State): TextLine {
  const plan = state.overview?.plan;
  if (isIdle(state)) return { text: '🎉 Nothing to do: the database is as the models say', bold: true };
  if (plan?.questions?.length) return { text: 'enter answers the questions, then shows the plan', bold: true };
  return { text: 'enter shows the plan; nothing is changed before you say so', bold: true };
}

/** Enough of an id to know it again. */
function shortId(id: string): string {
  return id.length > 20 ? `${id.slice(0, 16)}…` : id;
}
