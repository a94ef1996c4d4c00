import type { IUnicodeVersionProvider } from '@xterm/headless';
import stringWidth from 'string-width';

/**
 * How many cells a character takes, as in terminals of today: wide East Asian characters and emoji two; what joins the
 * character before it (combining marks, variation selectors, a flag's second half, what follows a joiner) none of its own.
 */
export const characterWidths: IUnicodeVersionProvider = {
  version: 'graphemes',
  wcwidth: (code) => widthOf(code),
  charProperties(code, preceding) {
    const before = preceding >> 3;
    const joins = preceding !== 0 && (before === states.joiner || widthOf(code) === 0 || isSecondHalf(code, before));
    const width = joins ? Math.max((preceding >> 1) & 3, code === emojiStyle ? 2 : widthOf(code)) : widthOf(code);
    return (stateAfter(code, joins) << 3) | (width << 1) | (joins ? 1 : 0);
  },
};

/** What xterm hands on from one character to the next; 0 is the beginning of a line. */
const states = { plain: 1, joiner: 2, flag: 3 } as const;

const zeroWidthJoiner = 0x200d;
const emojiStyle = 0xfe0f;
const widths = new Map<number, 0 | 1 | 2>();

function widthOf(code: number): 0 | 1 | 2 {
  const known = widths.get(code);
  if (known !== undefined) return known;
  // A regional indicator alone is a letter in a box, as wide as the flag.
  const width = isFlagHalf(code) ? 2 : (Math.min(2, stringWidth(String.fromCodePoint(code))) as 0 | 1 | 2);
  widths.set(code, width);
  return width;
}

function stateAfter(code: number, joins: boolean): number {
  if (code === zeroWidthJoiner) return states.joiner;
  return isFlagHalf(code) && !joins ? states.flag : states.plain;
}

function isSecondHalf(code: number, before: number): boolean {
  return (before === states.flag && isFlagHalf(code)) || (code >= 0x1f3fb && code <= 0x1f3ff);
}

function isFlagHalf(code: number): boolean {
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}
