import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { render } from 'ink';
import { CurrentScreen } from './App.tsx';
import { undecided } from '../review/decisions.ts';
import type { EventSummary } from './engine.ts';
import type { Size } from './message.ts';
import { beginSearch } from './screens/history/event-filter.ts';
import type { State } from './state.ts';

/**
 * Draws pages of a list nowhere while a person reads the first screen: code that never ran before is slow, and the first keys
 * would wait for it. A key that comes meanwhile waits for one page at most, and no other is drawn until keys stop coming.
 */
export async function warmUp(size: Size, mayDraw: () => 'now' | 'later' | 'never'): Promise<void> {
  const stdout = Object.assign(new Writable({ write: (_, __, done) => done() }), size, { isTTY: true });
  const page = (cursor: number): React.ReactNode => <CurrentScreen state={stateAt(cursor, size)} />;
  const instance = render(page(0), {
    stdout: stdout as unknown as NodeJS.WriteStream,
    interactive: true,
    incrementalRendering: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 1000,
  });
  for (let at = 1; at <= pages; at++) {
    do await sleep(pause);
    while (mayDraw() === 'later');
    if (mayDraw() === 'never') break;
    // A move by one row, then by a page, as keys do.
    instance.rerender(page(at % 2 === 0 ? at * size.rows : (at - 1) * size.rows + 1));
  }
  instance.unmount();
}

/** After so many most of it is compiled; measured with bench/keys.ts. */
const pages = 16;

/** Milliseconds between two pages, in which keys are answered. */
const pause = 10;

function stateAt(cursor: number, size: Size): State {
  return {
    size,
    now: 0,
    decisions: undecided,
    log: [],
    screen: {
      name: 'history',
      cursor,
      filter: '',
      isFiltering: false,
      history: { place: { server: '', database: '' }, events },
      search: beginSearch(events, ''),
    },
  };
}

const kinds = ['applied', 'run', 'failed', 'rolled_back', 'verified'];

const events: readonly EventSummary[] = Array.from({ length: 2000 }, (_, at) => ({
  version: at,
  event: kinds[at % kinds.length] ?? '',
  source: '',
  migration: `auto-${at}`,
  operation: null,
  object: null,
  summary: `add column table${at}.column${at} string(${at})`,
  startedAt: '2026-01-01 00:00:00',
  durationMs: at,
  actor: '',
  runId: '',
  error: null,
  ref: null,
}));
