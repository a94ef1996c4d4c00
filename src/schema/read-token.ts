import type { Lexis, Token } from './expression.ts';

/** The token that begins exactly there, where no white space is. */
export function readToken(sql: string, at: number, lexis: Lexis): Token {
  const first = sql.charAt(at);
  if (first === "'" || lexis.stringQuotes.includes(first))
    return { kind: 'string', text: readQuoted(sql, at, first, escapesAt(sql, at, lexis)) };
  if (lexis.identifierQuotes.includes(first))
    return { kind: 'identifier', text: readQuoted(sql, at, first === '[' ? ']' : first, false) };
  const comment = readComment(sql, at, lexis);
  if (comment !== undefined) return { kind: 'comment', text: comment };
  const dollar = lexis.dollarQuotes && first === '$' ? matchAt(dollarPattern, sql, at) : undefined;
  if (dollar) return { kind: 'string', text: readUntil(sql, at, dollar) };
  const word = matchAt(wordPattern, sql, at);
  if (word) return { kind: 'word', text: word };
  const number = matchAt(numberPattern, sql, at);
  if (number) return { kind: 'number', text: number };
  const executable = lexis.executableComments ? matchAt(executablePattern, sql, at) : undefined;
  const symbol = executable ?? matchAt(symbolPattern, sql, at) ?? String.fromCodePoint(sql.codePointAt(at) ?? 0);
  return { kind: 'symbol', text: symbol };
}

/** The `E` of `E'…'` is a word of its own, so the quote looks back at it. */
function escapesAt(sql: string, at: number, { backslashEscapes, escapeStrings }: Lexis): boolean {
  return (
    backslashEscapes || (escapeStrings === true && /(?<![\p{L}\p{N}_$])[eE]$/u.test(sql.slice(Math.max(0, at - 3), at)))
  );
}

function readComment(sql: string, at: number, lexis: Lexis): string | undefined {
  const first = sql.charAt(at);
  if (first === '-' && sql.charAt(at + 1) === '-') {
    const needsSpace = lexis.hashComments && !/^[\s\0-\x1f]?$/u.test(sql.charAt(at + 2));
    return needsSpace ? undefined : readLine(sql, at);
  }
  if (first === '#' && lexis.hashComments) return readLine(sql, at);
  if (first !== '/' || sql.charAt(at + 1) !== '*') return undefined;
  if (lexis.executableComments && matchAt(executablePattern, sql, at)) return undefined;
  return lexis.nestedComments ? readNested(sql, at) : readUntil(sql, at, '*/');
}

function readLine(sql: string, at: number): string {
  const end = sql.indexOf('\n', at);
  return sql.slice(at, end < 0 ? undefined : end);
}

function readNested(sql: string, start: number): string {
  const mark = /\/\*|\*\//gu;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return sql.slice(start, mark.lastIndex);
  }
  return sql.slice(start);
}

const wordPattern = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const numberPattern = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/uy;
const dollarPattern = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
// A version may follow; its digits are no number of the statement.
const executablePattern = /\/\*M?!\d*/uy;
const symbolPattern = /::|<=>|<>|!=|>=|<=|\|\||&&|<<|>>|->>|->|~\*|!~\*|!~|@>|<@|:=/uy;

/** What a sticky pattern finds exactly there. */
function matchAt(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.test(sql) ? sql.slice(at, pattern.lastIndex) : undefined;
}

/** False for a comment that runs to the end of the text because nothing closes it. */
export function isClosed(comment: string, { nestedComments }: Lexis): boolean {
  if (!comment.startsWith('/*')) return true;
  if (!nestedComments) return comment.length >= 4 && comment.endsWith('*/');
  const marks = comment.match(/\/\*|\*\//gu) ?? [];
  return marks.length === 2 * marks.filter((mark) => mark === '*/').length;
}

/** True for what separates tokens and is none. */
export function isSpace(char: string): boolean {
  const code = char.charCodeAt(0);
  // Asked for every character of a script: the pattern only where it must be.
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return /\s/u.test(char);
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
