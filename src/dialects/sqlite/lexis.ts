import { identifierOf, tokenize, type Lexis, type Token } from '../../schema/expression.ts';

/** SQLite's quotes: `"a"`, `` `a` `` and `[a]` are names, `'a'` a string; nothing escapes but doubling. */
export const lexis: Lexis = {
  identifierQuotes: '"`[',
  stringQuotes: '',
  backslashEscapes: false,
  dollarQuotes: false,
  bodies: { of: ['trigger'], style: 'closing end' },
};

/** A token and where it stands in the text. */
export interface PlacedToken extends Token {
  readonly start: number;
  readonly end: number;
}

/** The tokens of a statement with their places, comments left out. */
export function placeTokens(sql: string): PlacedToken[] {
  const placed: PlacedToken[] = [];
  let at = 0;
  for (const { kind, text } of tokenize(sql, lexis)) {
    const start = sql.indexOf(text, at);
    at = start + text.length;
    if (kind !== 'comment') placed.push({ kind, text, start, end: at });
  }
  return placed;
}

/** The name a token means; SQLite takes a string for a name too where only a name can stand. */
export function nameOf(token: Token): string {
  if (token.kind === 'string') return token.text.slice(1, -1).replaceAll("''", "'");
  return identifierOf(token) ?? token.text;
}

/** True for the bare word, in any letter case. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toLowerCase());
}

/** The name in the one letter case in which SQLite compares: only A to Z have one. */
export function fold(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}

/** True when the text has the name as a word or identifier, in any letter case. */
export function mentions(sql: string, name: string): boolean {
  const wanted = fold(name);
  return tokenize(sql, lexis).some(
    (token) => token.kind !== 'comment' && token.kind !== 'number' && fold(nameOf(token)) === wanted,
  );
}

/** The place of the parenthesis that closes the one at `open`; the last token where none does. */
export function closingAt(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1;
    if (tokens[at]?.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}

/** The tokens between two places, cut at commas that stand in no parentheses. */
export function splitAtCommas<T extends Token>(tokens: readonly T[]): T[][] {
  const items: T[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.text === ',' && depth === 0) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}
