import type { Token } from '../schema/expression.ts';
import { readHead, type Body } from './statement-head.ts';

/** What is open: a block by the word that opens and (after `end`) closes it, `until` of a loop, or `case` as a value. */
type Frame = 'begin' | 'if' | 'case' | 'loop' | 'while' | 'repeat' | 'for' | 'until' | 'value';

const openers: ReadonlySet<string> = new Set(['if', 'loop', 'while', 'repeat', 'for']);
/** After these a statement begins. */
const starters: ReadonlySet<string> = new Set([';', ':', 'begin', 'do', 'loop', 'repeat', 'atomic', 'then', 'else']);
/** After these the head of a routine may end and its body begin; also after a name, a string and a parenthesis. */
const headEnds: ReadonlySet<string> = new Set([')', 'row', 'deterministic', 'data', 'sql', 'invoker', 'definer']);
/** After these `begin` is a name: a body of one statement has begun already. */
const notInHead: ReadonlySet<string> = new Set(['set', 'select', 'where', 'by', 'and', 'or', 'return', 'distinct']);

/**
 * Follows the blocks of MySQL's and MariaDB's compound statements, which nest, in routines and (MariaDB) by themselves.
 * `begin`, `end` and `if` are also names and functions there, so each counts only where a statement begins or ends.
 */
export function trackBlocks(of: readonly string[]): Body {
  const isBodied = readHead(of);
  const frames: Frame[] = [];
  let bodied: boolean | undefined;
  let seen: Seen = { isFirst: true, before: '', earlier: '', beforeKind: 'symbol', statement: '' };
  return {
    take(token) {
      const word = token.kind === 'word' && seen.before !== '.' && seen.before !== '@' ? token.text.toLowerCase() : '';
      if (opensAlone(word, seen)) bodied = true;
      bodied ??= isBodied(token);
      if (bodied) nest(frames, word, seen);
      seen = next(seen, token, word);
    },
    isOpen: () => frames.length > 0,
  };
}

/** The two tokens before, and the word that the statement within began with. */
interface Seen {
  readonly isFirst: boolean;
  readonly before: string;
  readonly earlier: string;
  readonly beforeKind: Token['kind'];
  readonly statement: string;
}

function next(seen: Seen, { kind, text }: Token, word: string): Seen {
  return {
    isFirst: false,
    before: kind === 'word' ? word : text,
    earlier: seen.before,
    beforeKind: kind,
    statement: starters.has(seen.before) ? word : seen.statement,
  };
}

/** Compound statements that stand by themselves: `begin not atomic`, and the others from their first word on. */
function opensAlone(word: string, { isFirst, before, earlier }: Seen): boolean {
  if (isFirst) return word === 'case' || openers.has(word);
  return word === 'atomic' && before === 'not' && earlier === 'begin';
}

function nest(frames: Frame[], word: string, seen: Seen): void {
  const top = frames.at(-1);
  const starts = startsStatement(top, seen);
  if (word === 'end' && top !== undefined && (starts || top === 'value' || top === 'until')) frames.pop();
  else if (word === 'until' && top === 'repeat' && starts) frames.splice(-1, 1, 'until');
  else if (word === 'case' && seen.before !== 'end') frames.push(starts ? 'case' : 'value');
  else if (openers.has(word) && starts && !isForEach(word, top, seen)) frames.push(word as Frame);
  else if (word === 'atomic' && top === undefined && opensAlone(word, seen)) frames.push('begin');
  else if (word === 'begin' && opensBlock(top, starts, seen)) frames.push('begin');
}

function startsStatement(top: Frame | undefined, { isFirst, before, earlier, beforeKind }: Seen): boolean {
  if (isFirst) return true;
  if (before === 'then' || before === 'else') return top !== 'value';
  if (starters.has(before)) return true;
  if (top !== undefined) return false;
  return headEnds.has(before) || beforeKind === 'string' || earlier === 'follows' || earlier === 'precedes';
}

/** `on data for each row`: a table may bear the name of something that ends a head. */
function isForEach(word: string, top: Frame | undefined, { before, isFirst }: Seen): boolean {
  return word === 'for' && top === undefined && !isFirst && before !== ')' && before !== ':';
}

/** A handler's block follows its conditions, a routine's any part of its head. */
function opensBlock(top: Frame | undefined, starts: boolean, { before, beforeKind, statement }: Seen): boolean {
  if (starts) return true;
  if (top !== undefined) return statement === 'declare';
  return !notInHead.has(before) && (beforeKind !== 'symbol' || before === ')');
}
