import type { Screen } from './state.ts';

/** A key and what it does there, for the foot of a screen and for its help. */
export interface KeyHint {
  readonly key: string;
  readonly does: string;
  /** Only in the help: the foot has little room. */
  readonly rare?: true;
}

const moving: readonly KeyHint[] = [
  { key: '↑↓ j k', does: 'move' },
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
    { key: 'space', does: 'leave out or include' },
    { key: 'a', does: 'apply …' },
    { key: 's', does: 'all SQL' },
    { key: '/', does: 'filter' },
    { key: 'w', does: 'save the answers to a file', rare: true },
    { key: 'esc', does: 'back', rare: true },
  ],
  questions: [
    { key: '↑↓ j k', does: 'choose' },
    { key: 'tab', does: 'value or expression', rare: true },
    { key: 'enter', does: 'answer' },
    { key: 'esc', does: 'back' },
  ],
  confirm: [
    { key: 'enter', does: 'run it' },
    { key: 'esc', does: 'back' },
    { key: '↑↓', does: 'scroll', rare: true },
  ],
  progress: [{ key: 'Ctrl-C', does: 'stop after this operation …' }],
  result: [
    { key: '↑↓ j k', does: 'choose' },
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

/** The keys of a screen in one line. */
export function footOf(name: Screen['name']): string {
  return [...keysOf[name].filter(({ rare }) => !rare), ...everywhere]
    .map(({ key, does }) => `${key} ${does}`)
    .join(' · ');
}
