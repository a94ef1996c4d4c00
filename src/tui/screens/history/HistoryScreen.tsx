import type { ReactNode } from 'react';
import { Frame } from '../../components/Frame.tsx';
import type { Part } from '../../components/Line.tsx';
import { Line } from '../../components/Line.tsx';
import { Lines, type TextLine } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Prompt } from '../../components/Prompt.tsx';
import type { EventSummary } from '../../engine.ts';
import { footOf, placeOfKeys } from '../../keys.ts';
import { bodyHeight, type State } from '../../state.ts';
import { firstThatFits, fit, showable, widthOf, wrap } from '../../text.ts';
import { describeEvent } from '../../../report/describe-event.ts';
import { filterProblem } from './event-filter.ts';
import { listedEvents, type HistoryScreen as Screen, type Pane } from './state.ts';

/** What the log tells, newest first; one event, a schema or a difference over it. */
export function HistoryScreen({ state, screen }: { readonly state: State; readonly screen: Screen }): ReactNode {
  const { columns } = state.size;
  if (screen.pane)
    return (
      <Frame state={state} title={paneTitle(screen.pane)} keys={footOf(placeOfKeys(screen), columns)}>
        <Lines lines={paneLines(screen.pane)} width={columns} height={bodyHeight(state)} scroll={screen.pane.scroll} />
      </Frame>
    );
  const events = listedEvents(screen);
  const hasPrompt = screen.isFiltering || screen.filter !== '';
  const problem = wrap(showable(filterProblem(screen.filter) ?? ''), columns)
    .slice(0, 3)
    .filter(Boolean);
  return (
    <Frame
      state={state}
      title={titleOf(screen, events.length)}
      keys={footOf(screen.isFiltering ? 'filtering' : 'history', state.size.columns)}
    >
      {screen.isForRollback && <Line width={columns} parts={[{ text: hint, colour: 'cyan' }]} />}
      {hasPrompt && <Prompt label="/" text={screen.filter} width={columns} isOpen={screen.isFiltering} />}
      {problem.map((text, at) => (
        <Line key={at} width={columns} parts={[{ text, colour: 'magenta' }]} />
      ))}
      {screen.history ? (
        <List
          rows={events}
          cursor={screen.cursor}
          width={columns}
          height={Math.max(
            1,
            bodyHeight(state) - (screen.isForRollback ? 1 : 0) - (hasPrompt ? 1 : 0) - problem.length,
          )}
          draw={(event) => partsOf(event, columns, screen.mark)}
          empty={emptyText(screen)}
        />
      ) : (
        <Line width={columns} parts={[]} />
      )}
    </Frame>
  );
}

const hint = 'r takes back this change and all after it · u what its run did';

function titleOf({ history, search }: Screen, count: number): string {
  if (!history) return '📜 History';
  const of = count === history.events.length ? '' : ` of ${history.events.length}`;
  const events = history.events.length === 1 ? 'event' : 'events';
  return `📜 History: ${count}${of} ${events}${search?.left ? ' so far' : ''}, newest first`;
}

function emptyText({ filter, search }: Screen): string {
  if (search?.left) return 'looking …';
  return filter.trim() === '' ? 'Nothing was ever applied here' : 'No event is found by this filter';
}

function partsOf(event: EventSummary, width: number, mark: number | undefined): readonly (Part | string)[] {
  const { version, startedAt, event: kind, summary, migration, actor, error, durationMs } = event;
  const took = durationMs === null ? '' : `  ${durationMs} ms`;
  const isWide = width >= 100;
  const left = width - (isWide ? 65 : 36) - widthOf(showable(summary));
  return [
    { text: fit(`${version === mark ? '◆' : ''}${version}`, 7), bold: version === mark },
    { text: fit(startedAt.slice(0, isWide ? 19 : 10), isWide ? 21 : 12), dim: true },
    `${icons[kind] ?? '·'} `,
    { text: fit(kind, 12), colour: kind === 'failed' ? 'red' : kind === 'rolled_back' ? 'magenta' : undefined },
    ...(isWide ? [{ text: `${fit(migration, 19)} `, dim: true }] : []),
    summary,
    ...(error === null
      ? [{ text: firstThatFits([`${took}${isWide ? `  ${actor}` : ''}`, took], left), dim: true }]
      : [{ text: `  ${error}`, colour: 'red' as const }]),
  ];
}

const icons: Readonly<Record<string, string>> = {
  run: '🚀',
  started: '📝',
  applied: '✅',
  failed: '❌',
  skipped: '⏩',
  settled: '🩹',
  rolled_back: '🔙',
  imported: '📥',
  baseline: '📸',
  verified: '🔎',
  drift: '👀',
  repaired: '🔧',
};

function paneTitle(pane: Pane): string {
  if (pane.kind === 'event') return `📜 Version ${pane.row.version}: ${pane.row.summary}`;
  if (pane.kind === 'schema') return `📐 The schema at version ${pane.version}`;
  return `🔀 From version ${pane.from} to ${pane.to}`;
}

function paneLines(pane: Pane): readonly TextLine[] {
  if (pane.kind === 'event') return describeEvent(pane.row, pane.payload);
  return pane.lines.length === 0 ? ['nothing differs'] : pane.lines;
}
