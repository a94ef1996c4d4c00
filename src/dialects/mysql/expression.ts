import type { Token } from '../../schema/expression.ts';
import { joinPieces, pieces, type Piece } from './pieces.ts';
import { literal, unquoteString } from './quote.ts';

/**
 * One spelling of an expression: white space, letter case of words, charset introducer of the session, quoting of
 * strings, needless parentheses, synonyms of now. Names and the values of literals are untouched.
 */
export function canonicalExpression(sql: string): string {
  const found = pieces(sql);
  if (found.some((piece, at) => isUnsafe(piece, found[at - 1]))) return sql.trim();
  const words = spellWords(mergeNumbers(found.filter(({ kind }) => kind !== 'comment')));
  return joinPieces(stripParentheses(spellNow(words)));
}

// `--1` is minus minus one here and a comment elsewhere; a comment that begins with `/*!` is SQL to some servers only.
function isUnsafe({ kind, text, gap }: Piece, before: Piece | undefined): boolean {
  if (kind === 'comment') return !/^(?:--\s|\/\*[^!+M])/u.test(text) && text !== '--';
  const isTwice = text === '-' && before?.text === '-' && !gap;
  return (kind === 'symbol' && (isTwice || text.startsWith('/*'))) || isUnclosed(kind, text);
}

function isUnclosed(kind: Token['kind'], text: string): boolean {
  return (kind === 'string' || kind === 'identifier') && (text.length < 2 || text.at(-1) !== text.charAt(0));
}

/** `0xff` and `1e5x` come as a number and a word. */
function mergeNumbers(found: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of found) {
    const last = merged.at(-1);
    if (last?.kind === 'number' && piece.kind === 'word' && !piece.gap)
      merged[merged.length - 1] = { ...last, text: last.text + piece.text.toLowerCase() };
    else merged.push(piece);
  }
  return merged;
}

function spellWords(found: readonly Piece[]): Piece[] {
  return found.flatMap((piece, at): Piece[] => {
    const previous = found[at - 1];
    const next = found[at + 1];
    if (piece.kind === 'string') return [spellString(piece, previous)];
    if (piece.kind !== 'word') return [piece];
    const word = piece.text.toLowerCase();
    if (next?.kind === 'string' && (word === '_utf8mb4' || isHexMark(word, next))) return [];
    const isQualified = previous?.text === '.' || next?.text === '.';
    return [{ ...piece, text: isQualified ? piece.text : word }];
  });
}

function spellString(piece: Piece, previous: Piece | undefined): Piece {
  const mark = piece.gap ? undefined : previous?.text.toLowerCase();
  if (mark === 'x') return { ...piece, kind: 'number', text: `0x${piece.text.slice(1, -1).toLowerCase()}` };
  if (mark === 'b') return { ...piece, text: `'${piece.text.slice(1, -1).replace(/^0+(?=.)/u, '')}'` };
  return { ...piece, text: literal(unquoteString(piece.text)) };
}

const isHexMark = (word: string, next: Piece): boolean => word === 'x' && !next.gap;

const clocks: Readonly<Record<string, string>> = {
  now: 'current_timestamp',
  current_timestamp: 'current_timestamp',
  localtime: 'current_timestamp',
  localtimestamp: 'current_timestamp',
  curdate: 'curdate',
  current_date: 'curdate',
  curtime: 'curtime',
  current_time: 'curtime',
};

/** `now()`, `current_timestamp()` and `localtime` are one; so are `curdate()` and `current_date`. */
function spellNow(found: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (let at = 0; at < found.length; at += 1) {
    const piece = found[at] as Piece;
    const clock = piece.kind === 'word' ? clocks[piece.text] : undefined;
    const call = clock === undefined ? undefined : readCall(found, at + 1);
    const isColumn =
      found[at - 1]?.text === '.' || (call === undefined && /^(?:now|cur(?:date|time))$/u.test(piece.text));
    if (clock === undefined || isColumn) {
      result.push(piece);
      continue;
    }
    at += call?.length ?? 0;
    const argument = call?.precision ? `(${call.precision})` : clock === 'current_timestamp' ? '' : '()';
    result.push({ ...piece, text: clock + argument });
  }
  return result;
}

/** The empty or one-digit argument list after a function's name. */
function readCall(
  found: readonly Piece[],
  at: number,
): { readonly length: number; readonly precision?: string } | undefined {
  if (found[at]?.text !== '(') return undefined;
  if (found[at + 1]?.text === ')') return { length: 2 };
  const digit = found[at + 1]?.text ?? '';
  if (!/^\d$/u.test(digit) || found[at + 2]?.text !== ')') return undefined;
  return digit === '0' ? { length: 3 } : { length: 3, precision: digit };
}

/** Takes away parentheses around the whole, and doubled ones; not those of a list such as `((1, 2))`. */
function stripParentheses(found: readonly Piece[]): readonly Piece[] {
  const partners = matchParentheses(found);
  if (!partners) return found;
  const dropped = new Set<number>();
  let first = 0;
  let last = found.length - 1;
  while (partners.get(first) === last && !isList(found, first, last)) {
    dropped.add(first).add(last);
    first += 1;
    last -= 1;
  }
  for (const [open, close] of partners) {
    if (partners.get(open + 1) !== close - 1 || dropped.has(open) || isList(found, open + 1, close - 1)) continue;
    dropped.add(open + 1).add(close - 1);
  }
  return dropped.size === 0 ? found : stripParentheses(found.filter((_, at) => !dropped.has(at)));
}

function matchParentheses(found: readonly Piece[]): Map<number, number> | undefined {
  const open: number[] = [];
  const partners = new Map<number, number>();
  for (const [at, { kind, text }] of found.entries()) {
    if (kind !== 'symbol') continue;
    if (text === '(') open.push(at);
    if (text !== ')') continue;
    const start = open.pop();
    if (start === undefined) return undefined;
    partners.set(start, at);
  }
  return open.length === 0 ? partners : undefined;
}

/** A comma directly within these parentheses, or nothing, or a subquery. */
function isList(found: readonly Piece[], open: number, close: number): boolean {
  let depth = 0;
  for (let at = open + 1; at < close; at += 1) {
    const { kind, text } = found[at] as Piece;
    if (kind === 'word' && text === 'select') return true;
    if (kind !== 'symbol') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (text === ',' && depth === 0) return true;
  }
  return close === open + 1;
}
