import type { Key } from 'ink';

/** A key as the screens know it: one with a name, or text that was typed or pasted. */
export type KeyPress = { readonly name: KeyName } | { readonly text: string };

export type KeyName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'pageUp'
  | 'pageDown'
  | 'home'
  | 'end'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'backspace'
  | 'clear'
  | 'interrupt';

/** What Ink heard, in the words of the screens. Fast typing comes in one piece, and may end with the enter key. */
export function readKeys(input: string, key: Key): readonly KeyPress[] {
  if (key.ctrl) return control[input] ?? [];
  if (key.meta) return [];
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name) return [{ name }];
  return [...segmenter.segment(input)].flatMap(({ segment }): readonly KeyPress[] => {
    if (/^[\r\n]+$/u.test(segment)) return [{ name: 'enter' }];
    return readPaste(segment);
  });
}

/** What was pasted: text alone, whatever else is in it. */
export function readPaste(pasted: string): readonly KeyPress[] {
  const text = pasted.replaceAll(/\p{Cc}/gu, '');
  return text === '' ? [] : [{ text }];
}

/** The name of a key, or the text that it types. */
export function wordOf(press: KeyPress): string {
  return 'name' in press ? press.name : press.text;
}

const control: Readonly<Record<string, readonly KeyPress[]>> = { c: [{ name: 'interrupt' }], u: [{ name: 'clear' }] };

/** A text that is typed, after one more key; `undefined` for a key that does not edit it. */
export function edited(text: string, press: KeyPress): string | undefined {
  if ('text' in press) return text + press.text;
  if (press.name === 'clear') return '';
  return press.name === 'backspace' ? text.slice(0, -1) : undefined;
}

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
] as const satisfies readonly (readonly [keyof Key, KeyName])[];

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
