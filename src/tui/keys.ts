import { keysOfRollback } from './screens/rollback/state.ts';
import type { Screen } from './state.ts';
import { widthOf } from './text.ts';

/** A key and what it does there, for the foot of a screen and for its help. */
export interface KeyHint {
  readonly key: string;
  readonly does: string;
  /** Only in the help: the foot has little room. */
  readonly rare?: true;
}

const moving: readonly KeyHint[] = [
  { key: '↑↓', does: 'move' },
  { key: 'j k', does: 'move', rare: true },
  { key: 'PgUp PgDn', does: 'move a page', rare: true },
  { key: 'g G', does: 'first and last', rare: true },
];

/** Known everywhere. */
export const everywhere: readonly KeyHint[] = [
  { key: '?', does: 'keys' },
  { key: 'q', does: 'quit' },
];

/** The keys of each screen. */
export const keysOf: { readonly [name in Screen['name']]: readonly KeyHint[] } = {
  overview: [
    { key: 'enter', does: 'go on' },
    { key: 'p', does: 'plan' },
    { key: 'h', does: 'history' },
    { key: 'r', does: 'look again' },
  ],
  plan: [
    { key: 'a', does: 'apply …' },
    { key: 'enter', does: 'open' },
    { key: 'space', does: 'out / in' },
    ...moving,
    { key: 's', does: 'all SQL' },
    { key: '/', does: 'filter' },
    { key: 'w', does: 'save the answers to a file', rare: true },
    { key: 'e', does: 'answer the questions anew', rare: true },
    { key: 'esc', does: 'back', rare: true },
  ],
  questions: [
    { key: '↑↓', does: 'choose' },
    { key: 'tab', does: 'value or expression', rare: true },
    { key: 'enter', does: 'answer' },
    { key: 'esc', does: 'back' },
  ],
  confirm: [
    { key: 'enter', does: 'run it' },
    { key: 'esc', does: 'back' },
    { key: '↑↓', does: 'scroll', rare: true },
  ],
  progress: [{ key: 'Ctrl-C', does: 'stop …' }],
  result: [
    { key: '↑↓', does: 'choose' },
    { key: 'enter', does: 'do it' },
  ],
  history: [
    ...moving,
    { key: 'enter', does: 'open' },
    { key: '/', does: 'filter' },
    { key: 'u', does: 'undo its run …' },
    { key: 'r', does: 'take back from here …' },
    { key: 'v', does: 'schema of then' },
    { key: 'd', does: 'mark, then compare' },
    { key: 'esc', does: 'back', rare: true },
  ],
  rollback: [
    { key: 'enter', does: 'go on' },
    { key: 's', does: 'SQL' },
    { key: '↑↓ j k', does: 'scroll', rare: true },
    { key: 'esc', does: 'back' },
  ],
};

/** Where the keys are others than those of the screen: something is open over it, text is typed, or there is nothing yet. */
type Context = 'detail' | 'event' | 'idle' | 'filtering' | 'typing' | 'approving' | 'waiting' | 'choosing' | 'stuck';

const scrolling: readonly KeyHint[] = [
  { key: '↑↓', does: 'scroll' },
  { key: 'j k', does: 'scroll', rare: true },
  { key: 'PgUp PgDn', does: 'scroll a page', rare: true },
  { key: 'g G', does: 'begin and end', rare: true },
];

const contextKeys: { readonly [context in Context]: readonly KeyHint[] } = {
  detail: [...scrolling, { key: 'esc', does: 'back' }, { key: 'enter', does: 'back', rare: true }],
  event: [
    ...scrolling,
    { key: 'esc', does: 'back' },
    { key: 'r', does: 'take back from here …' },
    { key: 'enter', does: 'back', rare: true },
  ],
  idle: keysOf.overview.map((hint) => (hint.key === 'enter' ? { key: 'enter', does: 'quit' } : hint)),
  filtering: [
    { key: 'enter', does: 'done' },
    { key: 'esc', does: 'no filter' },
  ],
  typing: [
    { key: 'enter', does: 'take it' },
    { key: 'esc', does: 'back' },
  ],
  approving: [
    { key: 'enter', does: 'do it' },
    { key: 'esc', does: 'back' },
  ],
  waiting: [
    { key: 'esc', does: 'back' },
    { key: 'q', does: 'quit' },
  ],
  choosing: [
    { key: '↑↓', does: 'choose' },
    { key: 'enter', does: 'look at it' },
    { key: 's', does: 'SQL' },
    { key: 'esc', does: 'back' },
  ],
  stuck: [
    { key: 's', does: 'SQL' },
    { key: 'esc', does: 'back' },
  ],
};

/** Whose keys work: those of the screen, or of what is open over it. */
export function placeOfKeys(screen: Screen): Screen['name'] | Context {
  if (screen.name === 'plan' && screen.detail) return 'detail';
  if (screen.name === 'rollback') return keysOfRollback(screen);
  if (screen.name !== 'history' || !screen.pane) return screen.name;
  return screen.pane.kind === 'event' ? 'event' : 'detail';
}

/** All keys that work somewhere. */
export function hintsOf(where: Screen['name'] | Context): readonly KeyHint[] {
  return where in contextKeys ? contextKeys[where as Context] : keysOf[where as Screen['name']];
}

/** Where letters are typed, or nothing is there yet, these are all. */
const alone: ReadonlySet<string> = new Set<Context>(['filtering', 'typing', 'approving', 'waiting']);

/** The keys in one line: the first of them as far as there is room, those that are known everywhere always. */
export function footOf(where: Screen['name'] | Context, width: number): string {
  if (alone.has(where)) return hintsOf(where).map(hintText).join(' · ');
  const tail = everywhere.map(hintText);
  const hints: string[] = [];
  for (const hint of hintsOf(where)
    .filter(({ rare }) => !rare)
    .map(hintText)) {
    if (widthOf([...hints, hint, ...tail].join(' · ')) > width) break;
    hints.push(hint);
  }
  return [...hints, ...tail].join(' · ');
}

function hintText({ key, does }: KeyHint): string {
  return `${key} ${does}`;
}
