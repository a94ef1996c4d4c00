import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlSequences } from './control-sequences.ts';
import { strayControls } from './stray-controls.ts';

const stray = (text: string): string[] => strayControls(new TextEncoder().encode(text)).map(({ control }) => control);

describe('what we and Ink send', () => {
  it.each([
    'plain text, 漢字 and 🚀\r\n',
    '\u001B[?2026h\u001B[2K\u001B[1A\u001B[2K\u001B[G\u001B[?2026l',
    '\u001B[31mred\u001B[39m \u001B[1;38;5;208;48;2;1;2;3mbold\u001B[22;39m\u001B[0m\u001B[m',
    '\u001B[?25l\u001B[3B\u001B[5C\u001B[E\u001B[K\u001B[J\u001B[H\u001B[2;1H\u001B[?25h\u001B[?2004h\u001B[?2004l',
  ])('is not stray: %j', (text) => expect(stray(text)).toEqual([]));
});

describe('anything else is stray:', () => {
  it.each([
    ['the alternate screen', '\u001B[?1049h', '\\u001b[?1049h'],
    ['wiping the scrollback', '\u001B[3J', '\\u001b[3J'],
    ['blinking', '\u001B[5m', '\\u001b[5m'],
    ['hiding text', '\u001B[1;8m', '\\u001b[1;8m'],
    ['a colour of an unknown kind', '\u001B[38;9;1m', '\\u001b[38;9;1m'],
    ['a title, ended by BEL', '\u001B]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['a title, ended by ST', '\u001B]0;title\u001B\\', '\\u001b]0;title\\u001b\\'],
    ['a link', '\u001B]8;;http://x\u0007', '\\u001b]8;;http://x\\u0007'],
    ['the clipboard, never ended', '\u001B]52;c;aGk=', '\\u001b]52;c;aGk='],
    ['a device string', '\u001BPq#1\u001B\\', '\\u001bPq#1\\u001b\\'],
    ['a question to the terminal', '\u001B[6n', '\\u001b[6n'],
    ['a reset', '\u001Bc', '\\u001bc'],
    ['another character set', '\u001B(0', '\\u001b(0'],
    ['ESC alone', '\u001B', '\\u001b'],
    ['CSI that is cut off', '\u001B[31', '\\u001b[31'],
    ['CSI in 8 bits', '\u009B31m', '\\u009b31m'],
    ['OSC in 8 bits', '\u009D0;x\u009C', '\\u009d0;x\\u009c'],
    ['another C1 control', '\u0085', '\\u0085'],
    ['BEL', '\u0007', '\\u0007'],
    ['backspace', '\b', '\\u0008'],
    ['a tab', '\t', '\\u0009'],
    ['NUL', '\0', '\\u0000'],
    ['DEL', '\u007F', '\\u007f'],
    ['a turn of direction', '\u202E', '\\u202e'],
    ['an isolate', '\u2066', '\\u2066'],
    ['a line separator', '\u2028', '\\u2028'],
  ])('%s', (_, text, readable) => {
    expect(stray(`before ${text}`)).toEqual([readable]);
    expect(strayControls(new TextEncoder().encode(`before ${text}`))[0]?.near).toContain('before ');
  });

  it('bytes that are no UTF-8', () => {
    expect(strayControls(Uint8Array.of(0x61, 0x9b, 0x33, 0x31, 0x6d)).length).toBe(1);
  });
});

describe('the grammar', () => {
  it('takes text apart into controls and what is printed, leaving no control behind', () => {
    const pieces = fc.constantFrom(
      '\u001B',
      '[',
      ']',
      'P',
      '1',
      ';',
      ' ',
      'm',
      'é',
      '🚀',
      '\u0007',
      '\\',
      '\u009B',
      '\u009C',
      '\n',
      '\u0018',
      '(',
    );
    fc.assert(
      fc.property(
        fc.array(pieces).map((parts) => parts.join('')),
        (text) => {
          let printed = '';
          let at = 0;
          for (const control of controlSequences(text)) {
            expect(control.at).toBeGreaterThanOrEqual(at);
            expect(text.startsWith(control.text, control.at)).toBe(true);
            expect(control.text).not.toBe('');
            printed += text.slice(at, control.at);
            at = control.at + control.text.length;
          }
          printed += text.slice(at);
          expect(printed).not.toMatch(/\p{Cc}/u);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('ends a sequence where another control begins', () => {
    expect(controlSequences('\u001B[3\u001B[1mx\u001B]0;a\u001B[2K').map(({ text }) => text)).toEqual([
      '\u001B[3',
      '\u001B[1m',
      '\u001B]0;a',
      '\u001B[2K',
    ]);
  });
});
