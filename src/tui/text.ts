import stringWidth from 'string-width';
import { safeLine } from '../report/safe-text.ts';
import { seal } from '../report/seal.ts';

/** A text as the terminal may show it on one line: no secret, no control character, no turned direction. */
export function showable(text: string): string {
  return safeLine(seal(text));
}

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** The text in at most `width` columns, its end replaced by an ellipsis where it is longer. Never splits a character. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  // Most texts are short, and nothing takes more than two columns for each code unit.
  if (text.length * 2 <= width || stringWidth(text) <= width) return text;
  let result = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const next = stringWidth(segment);
    if (used + next > width - 1) break;
    result += segment;
    used += next;
  }
  return `${result}…`;
}

/** The text in exactly `width` columns. */
export function fit(text: string, width: number): string {
  const short = cut(text, width);
  return short + ' '.repeat(Math.max(0, width - stringWidth(short)));
}

/** The first of some wordings that has room; nothing where none has. */
export function firstThatFits(wordings: readonly string[], width: number): string {
  return wordings.find((wording) => widthOf(showable(wording)) <= width) ?? '';
}

/** A text of several lines as one: what it lists is joined; of another one the first line, for the rest is to be read elsewhere. */
export function oneLine(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0) return text;
  const isList = rest.every((line) => line.startsWith(bullet));
  return isList ? `${first} ${rest.map((line) => line.slice(bullet.length)).join('; ')}` : `${first} …`;
}

const bullet = '  - ';

/** The text in lines of at most `width` columns, broken between words where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}

/** The lines that a choice takes beside its mark. */
export function choiceLines(choice: string, width: number): readonly string[] {
  return wrap(showable(choice), Math.max(1, width - 2));
}

function wrapLine(line: string, width: number): readonly string[] {
  if (stringWidth(line) <= width) return [line];
  const indent = /^ */u.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<= )(?=[^ ])/u)) {
    if (current !== '' && stringWidth(current + word.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = indent.length < width / 2 ? indent : '';
    }
    for (const { segment } of segmenter.segment(word)) {
      const hasRoom = stringWidth(current + segment) <= width;
      // A blank that has no room begins no line.
      if (!hasRoom && segment === ' ') continue;
      if (!hasRoom) {
        lines.push(current);
        current = '';
      }
      current += segment;
    }
  }
  return [...lines, current.trimEnd()];
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
