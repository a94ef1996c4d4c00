import { tokenize, type Token } from '../../schema/expression.ts';
import { lexis } from './quote.ts';

/** A token, and whether white space stood before it: `x'00'` and `0x00` are one word each only without. */
export interface Piece extends Token {
  readonly gap: boolean;
}

/** Splits an expression into tokens that remember the white space before them. */
export function pieces(sql: string): Piece[] {
  let at = 0;
  return tokenize(sql, lexis).map((token) => {
    const start = sql.indexOf(token.text, at);
    const gap = start > at;
    at = start + token.text.length;
    return { ...token, gap };
  });
}

/** The tokens as text, spaced in one way. */
export function joinPieces(found: readonly Piece[]): string {
  return found
    .map((piece, at) => (at > 0 && needsSpace(found[at - 1] as Piece, piece) ? ` ${piece.text}` : piece.text))
    .join('');
}

// After these words a parenthesis is no argument list; after all others a space would break calls such as `count (`.
const operators = new Set(
  'in and or not between like is when then else case xor div regexp rlike using as separator over collate distinct interval exists from binary escape'.split(
    ' ',
  ),
);

function needsSpace(before: Piece, { kind, text, gap }: Piece): boolean {
  if (kind === 'symbol' && /^[,).]$/u.test(text)) return false;
  if (before.kind === 'symbol' && /^[(.@]$/u.test(before.text)) return false;
  if (kind === 'symbol' && text === '(') return before.kind === 'symbol' || operators.has(before.text);
  if (kind === 'string' && before.kind === 'word')
    return !before.text.startsWith('_') && (gap || !/^[bn]$/u.test(before.text));
  return true;
}
