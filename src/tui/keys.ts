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
    ...moving,
    { key: 'enter', does: 'open' },
    { key: 'space', does: 'out / in' },
    { key: 'a', does: 'apply …' },
    { key: 's', does: 'all SQL' },
    { key: '/', does: 'filter' },
    { key: 'w', does: 'save the answers to a file', rare: true },
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
    { key: 'r', does: 'roll back to here …' },
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

/** The keys of a screen in one line: the first of them as far as there is room, those that are known everywhere always. */
export function footOf(name: Screen['name'], width: number): string {
  const tail = everywhere.map(hintText);
  const hints: string[] = [];
  for (const hint of keysOf[name].filter(({ rare }) => !rare).map(hintText)) {
    if (widthOf([...hints, hint, ...tail].join(' · ')) > width) break;
    hints.push(hint);
  }
  return [...hints, ...tail].join(' · ');
}

function hintText({ key, does }: KeyHint): string {
  return `${key} ${does}`;
}
