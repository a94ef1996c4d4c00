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
  | 'interrupt';

/** What Ink heard, in the words of the screens; `undefined` for keys that none of them knows. */
export function readKey(input: string, key: Key): KeyPress | undefined {
  if (key.ctrl) return input === 'c' ? { name: 'interrupt' } : undefined;
  if (key.meta) return undefined;
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name) return { name };
  // A paste may bring line breaks and worse.
  const text = input.replaceAll(/\p{Cc}/gu, '');
  return text === '' ? undefined : { text };
}

/** The name of a key, or the text that it types. */
export function wordOf(press: KeyPress): string {
  return 'name' in press ? press.name : press.text;
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
