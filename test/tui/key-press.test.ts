import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { edited, readKeys, readPaste } from '../../src/tui/key-press.ts';

const none = {} as Key;

describe('what was typed', () => {
  it('is read key by key, however fast it came', () => {
    expect(readKeys('jjk', none)).toEqual([{ text: 'j' }, { text: 'j' }, { text: 'k' }]);
    expect(readKeys('99\r', none)).toEqual([{ text: '9' }, { text: '9' }, { name: 'enter' }]);
    expect(readKeys('👩‍👩‍👧e\u0301', none)).toEqual([{ text: '👩‍👩‍👧' }, { text: 'e\u0301' }]);
  });

  it('has names for keys without a letter', () => {
    expect(readKeys('', { ...none, upArrow: true })).toEqual([{ name: 'up' }]);
    expect(readKeys('\r', { ...none, return: true })).toEqual([{ name: 'enter' }]);
    expect(readKeys('', { ...none, delete: true })).toEqual([{ name: 'backspace' }]);
  });

  it('is nothing for keys that no screen knows', () => {
    expect(readKeys('x', { ...none, ctrl: true })).toEqual([]);
    expect(readKeys('x', { ...none, meta: true })).toEqual([]);
    expect(readKeys('\u0000\u0007', none)).toEqual([]);
    expect(readKeys('c', { ...none, ctrl: true })).toEqual([{ name: 'interrupt' }]);
  });

  it('edits a text: letters, backspace, and Ctrl-U that takes all of it', () => {
    const clear = readKeys('u', { ...none, ctrl: true });
    expect(clear).toEqual([{ name: 'clear' }]);
    expect(edited('ab', { text: 'c' })).toBe('abc');
    expect(edited('ab', { name: 'backspace' })).toBe('a');
    expect(clear.map((press) => edited('ab', press))).toEqual(['']);
    expect(edited('ab', { name: 'enter' })).toBeUndefined();
  });

  it('is text alone where it was pasted: a line break does not press enter', () => {
    expect(readPaste('drop it\r\n\u001b[A')).toEqual([{ text: 'drop it[A' }]);
    expect(readPaste('\r\n')).toEqual([]);
  });
});
