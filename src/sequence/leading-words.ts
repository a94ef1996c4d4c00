import type { Lexis } from '../schema/expression.ts';
import { isSpace, readToken } from '../schema/read-token.ts';

/** The first tokens of a statement in lower case, comments left out: what kind of statement it is. */
export function leadingWords(sql: string, lexis: Lexis, count: number): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (at < sql.length && words.length < count) {
    if (isSpace(sql.charAt(at))) {
      at += 1;
      continue;
    }
    const { kind, text } = readToken(sql, at, lexis);
    if (kind !== 'comment' && !text.startsWith('/*')) words.push(text.toLowerCase());
    at += text.length;
  }
  return words;
}
