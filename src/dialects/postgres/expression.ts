import { identifierOf, tokenize, type Token } from '../../schema/expression.ts';
import { keywords } from './keywords.ts';
import { lexis } from './traits.ts';

/** A token with what the text had before it: `a =-1` and `a = -1` are not the same operators. */
interface Piece extends Token {
  readonly glued: boolean;
}

/**
 * An expression in one spelling: white space, comments, the case of bare words, quotes that a name does not need and
 * parentheses around a single word or around everything. Two different expressions never become equal; casts that the
 * catalog added stay.
 */
export function canonicalExpression(sql: string): string {
  // Escape strings have rules of their own: left as they are.
  if (/(?:^|[^a-z0-9_$"])(?:e|u&)'/iu.test(sql)) return sql.trim();
  return join(withoutNeedlessParentheses(pieces(sql).map(respell)));
}

/** The text without parentheses around all of it: `(a > 0)` → `a > 0`, but `(a) or (b)` stays. */
export function withoutOuterParentheses(sql: string): string {
  let text = sql.trim();
  while (isWrapped(tokenize(text, lexis))) text = text.slice(1, -1).trim();
  return text;
}

/** Tokens without comments, with neighbouring operator characters as one. */
function pieces(sql: string): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const token of tokenize(sql, lexis)) {
    const start = sql.indexOf(token.text, at);
    const last = result.at(-1);
    const glued = start === at && last !== undefined && last.kind !== 'identifier';
    at = start + token.text.length;
    if (token.kind === 'comment') continue;
    if (glued && last && isOperator(last) && isOperator(token))
      result[result.length - 1] = { ...last, text: last.text + token.text };
    else result.push({ ...token, glued });
  }
  return result;
}

function isOperator({ kind, text }: Token): boolean {
  return kind === 'symbol' && /^[-+*/<>=~!@#%^&|`?]+$/u.test(text);
}

function respell(piece: Piece): Piece {
  if (piece.kind === 'word') return { ...piece, text: lowerAscii(piece.text) };
  if (piece.text === '!=') return { ...piece, text: '<>' };
  if (piece.kind !== 'identifier') return piece;
  const name = identifierOf(piece) ?? '';
  return /^[a-z_][a-z0-9_$]*$/u.test(name) && !keywords.has(name) ? { ...piece, kind: 'word', text: name } : piece;
}

/** The server folds ASCII letters only. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

function withoutNeedlessParentheses(all: readonly Piece[]): readonly Piece[] {
  let list = all;
  while (isWrapped(list)) list = list.slice(1, -1);
  const result: Piece[] = [];
  for (let at = 0; at < list.length; at += 1) {
    const [open, atom, close] = list.slice(at, at + 3);
    if (open && atom && close && isAloneInParentheses(open, atom, close) && standsFree(result.at(-1), list[at + 3])) {
      result.push({ ...atom, glued: false });
      at += 2;
    } else if (open) result.push(open);
  }
  return result.length < list.length ? withoutNeedlessParentheses(result) : result;
}

function isWrapped(list: readonly Token[]): boolean {
  if (list[0]?.text !== '(' || list.at(-1)?.text !== ')' || list.length < 3) return false;
  let depth = 0;
  return list.every(({ kind, text }, at) => {
    if (kind === 'symbol' && text === '(') depth += 1;
    if (kind === 'symbol' && text === ')') depth -= 1;
    return depth > 0 || at === list.length - 1;
  });
}

function isAloneInParentheses(open: Token, atom: Token, close: Token): boolean {
  const isAtom =
    atom.kind === 'string' ||
    atom.kind === 'number' ||
    atom.kind === 'identifier' ||
    (atom.kind === 'word' && !keywords.has(atom.text));
  return open.text === '(' && open.kind === 'symbol' && close.kind === 'symbol' && close.text === ')' && isAtom;
}

/** Neither a call, a subscript, a row nor a member: `f (a)`, `in (a)`, `(a).b` keep theirs. */
function standsFree(before: Token | undefined, after: Token | undefined): boolean {
  const opens =
    before === undefined ||
    (before.kind === 'symbol' && (isOperator(before) || before.text === '(' || before.text === ','));
  return (
    opens &&
    (after === undefined || after.kind === 'word' || (after.kind === 'symbol' && !['.', '[', '('].includes(after.text)))
  );
}

function join(list: readonly Piece[]): string {
  return list.map((piece, at) => (needsSpace(list[at - 1], piece) ? ` ${piece.text}` : piece.text)).join('');
}

const tight = new Set(['::', '.', '[', ']', ')', ',']);

function needsSpace(before: Piece | undefined, piece: Piece): boolean {
  if (!before) return false;
  if (piece.kind === 'symbol' && tight.has(piece.text)) return false;
  if (before.kind === 'symbol' && ['(', '[', '.', '::'].includes(before.text)) return false;
  if (piece.text === '(' && before.kind === 'word') return keywords.has(before.text);
  // `b'1'` is a bit string, `b '1'` a typed literal.
  return !(before.kind === 'word' && piece.kind === 'string' && piece.glued);
}
