/** A piece of SQL text: quoted things keep every byte, the rest is a word, a number, a symbol or a comment. */
export interface Token {
  readonly kind: 'string' | 'identifier' | 'word' | 'number' | 'symbol' | 'comment';
  /** As it stands in the text. */
  readonly text: string;
}

/** Which quotes mean what in one database's SQL. */
export interface Lexis {
  /** Characters that quote an identifier, e.g. `"` and `` ` ``. */
  readonly identifierQuotes: string;
  /** Characters that quote a string besides `'`. */
  readonly stringQuotes: string;
  /** A backslash in a string escapes the next character. */
  readonly backslashEscapes: boolean;
  /** `$tag$ … $tag$` quotes a string. */
  readonly dollarQuotes: boolean;
}

/** Splits SQL text into tokens; white space is dropped. Never throws: an unclosed quote runs to the end. */
export function tokenize(sql: string, lexis: Lexis): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    if (isSpace(sql.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readToken(sql, at, lexis);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

/** A token, and where it begins in the text. */
export interface PlacedToken extends Token {
  readonly start: number;
}

/** The tokens of SQL text with their places. */
export function placeTokens(sql: string, lexis: Lexis): PlacedToken[] {
  const tokens: PlacedToken[] = [];
  let at = 0;
  while (at < sql.length) {
    if (isSpace(sql.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readToken(sql, at, lexis);
    tokens.push({ ...token, start: at });
    at += token.text.length;
  }
  return tokens;
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

function readToken(sql: string, at: number, lexis: Lexis): Token {
  const first = sql.charAt(at);
  if (first === "'" || lexis.stringQuotes.includes(first))
    return { kind: 'string', text: readQuoted(sql, at, first, lexis.backslashEscapes) };
  if (lexis.identifierQuotes.includes(first))
    return { kind: 'identifier', text: readQuoted(sql, at, first === '[' ? ']' : first, false) };
  if (sql.startsWith('--', at)) return { kind: 'comment', text: /^--[^\n]*/u.exec(sql.slice(at))?.[0] ?? '--' };
  if (sql.startsWith('/*', at)) return { kind: 'comment', text: readUntil(sql, at, '*/') };
  const dollar = lexis.dollarQuotes ? /^\$(?:[A-Za-z_]\w*)?\$/u.exec(sql.slice(at, at + 70))?.[0] : undefined;
  if (dollar) return { kind: 'string', text: readUntil(sql, at, dollar) };
  const word = matchAt(wordPattern, sql, at);
  if (word) return { kind: 'word', text: word };
  const number = matchAt(numberPattern, sql, at);
  if (number) return { kind: 'number', text: number };
  return { kind: 'symbol', text: matchAt(symbolPattern, sql, at) ?? String.fromCodePoint(sql.codePointAt(at) ?? 0) };
}

const wordPattern = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const numberPattern = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/uy;
const symbolPattern = /::|<=>|<>|!=|>=|<=|\|\||&&|<<|>>|->>|->|~\*|!~\*|!~|@>|<@|:=/uy;

/** What a sticky pattern finds exactly there. */
function matchAt(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.test(sql) ? sql.slice(at, pattern.lastIndex) : undefined;
}

function isSpace(char: string): boolean {
  return char === ' ' || /\s/u.test(char);
}

function readQuoted(sql: string, start: number, close: string, backslash: boolean): string {
  let at = start + 1;
  while (at < sql.length) {
    const char = sql.charAt(at);
    if (backslash && char === '\\') at += 2;
    else if (char !== close) at += 1;
    else if (sql.charAt(at + 1) === close) at += 2;
    else return sql.slice(start, at + 1);
  }
  return sql.slice(start);
}

function readUntil(sql: string, start: number, end: string): string {
  const found = sql.indexOf(end, start + end.length);
  return found < 0 ? sql.slice(start) : sql.slice(start, found + end.length);
}
