import { begin, type Opening } from '../../../src/tui/begin.ts';
import type { KeyName, KeyPress } from '../../../src/tui/key-press.ts';
import type { Message, Request, Size } from '../../../src/tui/message.ts';
import type { State } from '../../../src/tui/state.ts';
import { update } from '../../../src/tui/update.ts';

/** The reducer with all that it asked for, so that a test reads like what a person does. */
export interface Play {
  state: State;
  readonly requests: Request[];
  /** Keys by their names; any other text is typed letter by letter. */
  press(...keys: readonly string[]): Play;
  hear(...messages: readonly Message[]): Play;
  /** What was asked for since the last call. */
  asked(): readonly Request[];
}

export function play(opening: Opening = { screen: 'overview' }, size: Size = { columns: 80, rows: 24 }): Play {
  const first = begin(opening, size, 0);
  let seen = 0;
  const self: Play = {
    state: first.state,
    requests: [...first.requests],
    press: (...keys) => self.hear(...keys.flatMap(pressesOf).map((press) => ({ kind: 'key' as const, press }))),
    hear: (...messages) => {
      for (const message of messages) {
        const turn = update(self.state, message);
        self.state = turn.state;
        self.requests.push(...turn.requests);
      }
      return self;
    },
    asked: () => {
      const news = self.requests.slice(seen);
      seen = self.requests.length;
      return news;
    },
  };
  return self;
}

const names: ReadonlySet<string> = new Set<KeyName>([
  'up',
  'down',
  'left',
  'right',
  'pageUp',
  'pageDown',
  'home',
  'end',
  'enter',
  'escape',
  'tab',
  'backspace',
  'interrupt',
]);

function pressesOf(key: string): readonly KeyPress[] {
  return names.has(key) ? [{ name: key as KeyName }] : [...key].map((text) => ({ text }));
}
