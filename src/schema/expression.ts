import { isSpace, readToken } from './read-token.ts';

/** A piece of SQL text: quoted things keep every byte, the rest is a word, a number, a symbol or a comment. */
export interface Token {
  readonly kind: 'string' | 'identifier' | 'word' | 'number' | 'symbol' | 'comment';
  /** As it stands in the text. */
  readonly text: string;
}

/** What quotes, comments and bodies mean in one database's SQL. */
export interface Lexis {
  /** Characters that quote an identifier, e.g. `"` and `` ` ``. */
  readonly identifierQuotes: string;
  /** Characters that quote a string besides `'`. */
  readonly stringQuotes: string;
  /** A backslash in a string escapes the next character. */
  readonly backslashEscapes: boolean;
  /** `$tag$ … $tag$` quotes a string. */
  readonly dollarQuotes: boolean;
  /** In `E'…'` a backslash escapes the next character. */
  readonly escapeStrings?: true;
  /** Comments hold comments. */
  readonly nestedComments?: true;
  /** A hash begins a comment; two dashes do so only before white space. */
  readonly hashComments?: true;
  /** What a comment holds that begins with `/*!` (or `/*M!`) is SQL. */
  readonly executableComments?: true;
  /** Which statements hold statements, and how a script tells where such a body ends. */
  readonly bodies?: Bodies;
}

/**
 * Statements that hold statements with semicolons of their own: `create …` of one of these kinds. `closing end`: up to
 * `; end`. `atomic`: within `begin atomic … end` and within parentheses. `blocks`: blocks that nest (`begin`, `if`, `loop` …).
 */
export interface Bodies {
  readonly of: readonly string[];
  readonly style: 'closing end' | 'atomic' | 'blocks';
}

/** Splits SQL text into tokens; white space is dropped. Never throws: an unclosed quote runs to the end. */
export function tokenize(sql: string, lexis: Lexis): Token[] {
  const tokens: Token[] = [];
  eachToken(sql, lexis, (token) => tokens.push(token));
  return tokens;
}

/** A token, and where it begins in the text. */
export interface PlacedToken extends Token {
  readonly start: number;
}

/** The tokens of SQL text with their places. */
export function placeTokens(sql: string, lexis: Lexis): PlacedToken[] {
  const tokens: PlacedToken[] = [];
  eachToken(sql, lexis, (token, start) => tokens.push({ ...token, start }));
  return tokens;
}

function eachToken(sql: string, lexis: Lexis, take: (token: Token, start: number) => void): void {
  let at = 0;
  while (at < sql.length) {
    if (isSpace(sql.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readToken(sql, at, lexis);
    take(token, at);
    at += token.text.length;
  }
}

/** The text with every identifier `from` (quoted or bare) renamed, strings and comments untouched. */
export function renameIdentifier(sql: string, from: string, to: string, lexis: Lexis): string {
  const quote = lexis.identifierQuotes[0] ?? '"';
  let result = '';
  let at = 0;
  while (at < sql.length) {
    if (isSpace(sql.charAt(at))) {
      result += sql.charAt(at);
      at += 1;
      continue;
    }
    const token = readToken(sql, at, lexis);
    result += identifierOf(token) === from ? quote + to.replaceAll(quote, quote + quote) + quote : token.text;
    at += token.text.length;
  }
  return result;
}

/** The name that an identifier or word token means, `undefined` for other tokens. */
export function identifierOf(token: Token): string | undefined {
  if (token.kind === 'word') return token.text;
  if (token.kind !== 'identifier') return undefined;
  const quote = token.text.charAt(0) === '[' ? ']' : token.text.charAt(0);
  return token.text.slice(1, -1).replaceAll(quote + quote, quote);
}
