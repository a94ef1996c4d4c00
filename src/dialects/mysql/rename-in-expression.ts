import { identifierOf } from '../../schema/expression.ts';
import { pieces } from './pieces.ts';
import { quote } from './quote.ts';

/** The expression with columns renamed, all at once: where one is quoted, and where it is bare but no function. */
export function renameInExpression(sql: string, names: ReadonlyMap<string, string>): string {
  const found = pieces(sql);
  const renamed = found.map((piece, at) => {
    const isFunction = piece.kind === 'word' && found[at + 1]?.text === '(';
    const to = isFunction ? undefined : names.get(identifierOf(piece) ?? '');
    return to === undefined ? piece : { ...piece, text: quote(to) };
  });
  const text = renamed.map((piece) => (piece.gap ? ` ${piece.text}` : piece.text));
  return text.join('').trim();
}
