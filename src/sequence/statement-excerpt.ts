import type { Place } from './script.ts';

/** The line of a place and below it a caret under its column; nothing where the text has no such line. */
export function statementExcerpt(text: string, { line, column }: Place): string | undefined {
  const found = text.split('\n', line)[line - 1];
  if (found === undefined) return undefined;
  const { start, shown } = cut(found, column - 1);
  return `${shown}\n${blankOf(found.slice(start, column - 1))}^`;
}

/** The place of an offset within a statement that begins at a place. */
export function placeWithin({ text, place }: { readonly text: string; readonly place: Place }, offset: number): Place {
  const lines = text.slice(0, Math.max(0, offset)).split('\n');
  const last = lines.at(-1) ?? '';
  if (lines.length === 1) return { line: place.line, column: place.column + last.length };
  return { line: place.line + lines.length - 1, column: last.length + 1 };
}

/** A long line (a dump's rows) is shown around the column only. */
function cut(line: string, column: number): { readonly start: number; readonly shown: string } {
  if (line.length <= 160) return { start: 0, shown: line };
  const from = Math.max(0, Math.min(column - 80, line.length - 160));
  // Not through the middle of a character of two units.
  const start = from > 0 && isLowSurrogate(line, from) ? from - 1 : from;
  const end = isLowSurrogate(line, start + 160) ? start + 161 : start + 160;
  return { start, shown: line.slice(start, end) };
}

function isLowSurrogate(line: string, at: number): boolean {
  return /^[\udc00-\udfff]$/.test(line.charAt(at));
}

/** As wide as the text on a terminal: tabs stay, wide characters take two places, marks on others none. */
function blankOf(text: string): string {
  return [...text].map((char) => (char === '\t' ? '\t' : ' '.repeat(widthOf(char)))).join('');
}

function widthOf(char: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u.test(char)) return 0;
  return wide.test(char) ? 2 : 1;
}

/** The blocks of East Asian Width W and F that text has in practice, and emoji. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]$/u;
