import { pieces, type Piece } from './pieces.ts';
import { unquoteString } from './quote.ts';

/** What a literal expression means: text for numbers too, `undefined` for an expression that is no literal. */
export function readLiteral(
  expression: string,
): { readonly value: string | boolean | null; readonly hex?: true } | undefined {
  const word = expression.trim().toLowerCase();
  if (/^0x(?:[0-9a-f]{2})*$/u.test(word)) return { value: word.slice(2), hex: true };
  const [first, second, ...rest] = pieces(expression);
  if (!first || rest.length > 0) return undefined;
  if (second)
    return isSign(first) && isDecimal(second) ? { value: `${first.text === '-' ? '-' : ''}${second.text}` } : undefined;
  if (first.kind === 'string') return { value: unquoteString(first.text) };
  if (isDecimal(first)) return { value: first.text };
  if (word === 'true' || word === 'false') return { value: word === 'true' };
  return word === 'null' ? { value: null } : undefined;
}

/** The values in the parentheses of an enum or set. */
export function readValues(inner: string): string[] {
  return pieces(inner)
    .filter(({ kind }) => kind === 'string')
    .map(({ text }) => unquoteString(text));
}

const isSign = ({ text }: Piece): boolean => text === '-' || text === '+';
const isDecimal = ({ kind, text }: Piece): boolean => kind === 'number' && /^[\d.]+(?:[eE][+-]?\d+)?$/u.test(text);
