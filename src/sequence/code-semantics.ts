import { stripTypeScriptTypes } from 'node:module';
import jsTokens, { type Token } from 'js-tokens';

/**
 * What JavaScript or TypeScript says, without how it is written: comments, white space, types, the quotes of plain
 * strings, semicolons and commas that could as well be left out, and `.ts` or `.js` at the end of imports make no difference.
 */
export function codeSemantics(text: string): string {
  const code = withoutTypes(text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n'));
  const tokens = placeTokens(code);
  return tokens.flatMap((token, at) => (isNeedless(tokens, at) ? [] : spellingsOf(token, tokens, at))).join('\n');
}

/** The text as it is where it holds what is more than types (enums, parameter properties). */
function withoutTypes(text: string): string {
  const { emitWarning } = process;
  // Some versions of Node.js warn on the terminal that stripping is an experiment.
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } catch {
    return text;
  } finally {
    process.emitWarning = emitWarning;
  }
}

interface PlacedToken {
  readonly type: Token['type'];
  readonly value: string;
  /** On a line of its own, or after one. */
  readonly afterBreak: boolean;
  /** The bracket that it stands in; of a closing one, the one that it closes. */
  readonly opener?: PlacedToken;
  /** The token before it. */
  readonly before?: PlacedToken;
}

const blank: ReadonlySet<string> = new Set(['WhiteSpace', 'SingleLineComment', 'HashbangComment']);

function placeTokens(code: string): readonly PlacedToken[] {
  const tokens: PlacedToken[] = [];
  const open: PlacedToken[] = [];
  let afterBreak = true;
  for (const { type, value } of jsTokens(code)) {
    if (type === 'LineTerminatorSequence' || type === 'MultiLineComment') afterBreak ||= value.includes('\n');
    else if (!blank.has(type)) {
      const isPunctuator = type === 'Punctuator';
      const opener = isPunctuator && closers.has(value) ? open.pop() : open.at(-1);
      const before = tokens.at(-1);
      const token = { type, value, afterBreak, ...(opener && { opener }), ...(before && { before }) };
      if (isPunctuator && openers.has(value)) open.push(token);
      tokens.push(token);
      afterBreak = false;
    }
  }
  return tokens;
}

const openers: ReadonlySet<string> = new Set(['(', '[', '{']);
const closers: ReadonlySet<string> = new Set([')', ']', '}']);

function isNeedless(tokens: readonly PlacedToken[], at: number): boolean {
  const token = tokens[at];
  if (token?.type !== 'Punctuator') return false;
  if (token.value === ';') return isNeedlessSemicolon(token, tokens[at + 1]);
  if (token.value === ',') return isTrailingComma(token, tokens[at + 1]);
  return isParenthesisOfOneParameter(tokens, at);
}

/** It separates what would else be one statement, is a statement of its own, or a part of `for (;;)`. */
function isNeedlessSemicolon(token: PlacedToken, next: PlacedToken | undefined): boolean {
  const { before, opener } = token;
  if (opener?.value === '(' || endsHead(before)) return false;
  if (before && isRestricted(before)) return true;
  return next === undefined || !goesOn(next);
}

/** The end of `if (…)`, `for (…)` or `while (…)`, of `else` and of `do`: a semicolon there is the whole body. */
function endsHead(token: PlacedToken | undefined): boolean {
  if (token?.type === 'IdentifierName') return token.value === 'else' || token.value === 'do';
  if (token?.value !== ')') return false;
  const word = token.opener?.before;
  const head = word?.value === 'await' && word.before?.value === 'for' ? word.before : word;
  return head?.type === 'IdentifierName' && ['if', 'for', 'while', 'with'].includes(head.value);
}

/** What a statement may begin with, but what also goes on with the expression before it. */
function goesOn({ type, value }: PlacedToken): boolean {
  if (type === 'Punctuator') return ['(', '[', '+', '-', '*', '/', '++', '--', '<'].includes(value);
  return type === 'NoSubstitutionTemplate' || type === 'TemplateHead' || type === 'RegularExpressionLiteral';
}

/** After these words the end of a line is the end of the statement. */
function isRestricted({ type, value, before }: PlacedToken): boolean {
  const isWord = type === 'IdentifierName' && !['.', '?.'].includes(before?.value ?? '');
  return isWord && ['return', 'break', 'continue', 'yield', 'throw'].includes(value);
}

/** A comma before a closing bracket, unless it stands for an empty place in a list. */
function isTrailingComma({ before }: PlacedToken, next: PlacedToken | undefined): boolean {
  return next?.type === 'Punctuator' && closers.has(next.value) && before?.value !== ',' && before?.value !== '[';
}

/** `(x) => …` is `x => …`. */
function isParenthesisOfOneParameter(tokens: readonly PlacedToken[], at: number): boolean {
  const start = tokens[at]?.value === '(' ? at : at - 2;
  const [open, name, close, arrow] = tokens.slice(Math.max(start, 0), Math.max(start, 0) + 4);
  if (open?.value !== '(' || name?.type !== 'IdentifierName' || close?.value !== ')' || arrow?.value !== '=>')
    return false;
  return open.type === 'Punctuator' && (at === start || at === start + 2);
}

function spellingsOf(token: PlacedToken, tokens: readonly PlacedToken[], at: number): readonly string[] {
  const next = tokens[at + 1];
  if (token.type === 'StringLiteral') return [stringOf(token)];
  if (isRestricted(token) && (next === undefined || next.afterBreak || ends(next))) return [token.value, ';'];
  if (next?.afterBreak && ['++', '--'].includes(next.value) && !isEndOfStatement(token)) return [token.value, ';'];
  return [token.value];
}

function ends({ type, value }: PlacedToken): boolean {
  return type === 'Punctuator' && (value === ';' || value === '}');
}

function isEndOfStatement({ type, value }: PlacedToken): boolean {
  return type === 'Punctuator' && [';', '{', '}'].includes(value);
}

/** In double quotes, nothing escaped that need not be; imports without `.ts` and `.js`. */
function stringOf(token: PlacedToken): string {
  const inner = token.value.slice(1, -1).replace(/\\(['"])|\\[^]|"/gu, (found, quote: string | undefined) => {
    if (quote === "'") return "'";
    return quote === '"' || found === '"' ? '\\"' : found;
  });
  return `"${isImported(token) ? inner.replace(/^(\.\.?\/.*)\.[cm]?[jt]s$/u, '$1') : inner}"`;
}

function isImported({ before }: PlacedToken): boolean {
  const word = before?.value === '(' ? before.before : before;
  return word?.type === 'IdentifierName' && ['from', 'import', 'require'].includes(word.value);
}
