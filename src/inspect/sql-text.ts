import { tokenize, type Lexis, type Token } from '../schema/expression.ts';

/** A token and where it stands in its text. */
export interface PlacedToken extends Token {
  readonly start: number;
  readonly end: number;
}

/** The tokens of a text without its comments, each with its place. */
export function placeTokens(sql: string, lexis: Lexis): readonly PlacedToken[] {
  let at = 0;
  const placed = tokenize(sql, lexis).map((token) => {
    const start = sql.indexOf(token.text, at);
    at = start + token.text.length;
    return { ...token, start, end: at };
  });
  return placed.filter(({ kind }) => kind !== 'comment');
}

/** The index of the parenthesis that closes the one at `open`; the last token where none does. */
export function closingAt(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'symbol') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}

/** The expression without white space and parentheses that enclose all of it. */
export function stripParentheses(sql: string, lexis: Lexis): string {
  const text = sql.trim();
  const tokens = placeTokens(text, lexis);
  const last = tokens.length - 1;
  const [first, end] = [tokens[0], tokens[last]];
  if (!first || !end || last < 2 || first.text !== '(' || closingAt(tokens, 0) !== last) return text;
  if (first.start > 0 || end.end < text.length || end.text !== ')') return text;
  return stripParentheses(text.slice(first.end, end.start), lexis);
}

/** Splits tokens at the commas that are in no parentheses. */
export function splitAtCommas(tokens: readonly PlacedToken[]): readonly (readonly PlacedToken[])[] {
  const groups: PlacedToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && '([{'.includes(token.text)) depth += 1;
    if (token.kind === 'symbol' && ')]}'.includes(token.text)) depth -= 1;
    if (depth === 0 && token.kind === 'symbol' && token.text === ',') groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.filter((group) => group.length > 0);
}

/** The text from the first of these tokens to the last. */
export function textOf(sql: string, tokens: readonly PlacedToken[]): string {
  return sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

/** True for a bare word, whatever its case. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toLowerCase());
}
