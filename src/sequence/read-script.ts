import type { Lexis, Token } from '../schema/expression.ts';
import { isClosed, isSpace, readToken } from '../schema/read-token.ts';
import { trackBody } from './body.ts';
import type { Place } from './script.ts';
import type { Body } from './statement-head.ts';

/** One statement of a script, without what ends it. */
export interface SplitStatement {
  readonly text: string;
  /** Where it begins. */
  readonly place: Place;
  /** Its offset in the script. */
  readonly start: number;
}

/** What a script consists of: statements, the comment lines that say something about them, and a comment without end. */
export type ScriptPiece =
  | ({ readonly kind: 'statement' } & SplitStatement)
  | { readonly kind: 'mark' | 'unclosed'; readonly text: string; readonly place: Place };

/**
 * The statements and marks of a script in their order. Statements end at `;` or at what `DELIMITER` says, at Drizzle's
 * `--> statement-breakpoint`, and at a mark: a line of its own that begins with `-- migrate:`,
 * `-- +goose` or `-- +migrate`. Never throws.
 */
export function readScript(text: string, lexis: Lexis): readonly ScriptPiece[] {
  const reader = new ScriptReader(text, lexis);
  while (reader.readNext());
  return reader.pieces;
}

/** Drizzle's end of a statement, wherever on its line. */
export const breakpoint = '--> statement-breakpoint';

/** True for a comment that says something about statements: a directive of ours, or a mark of dbmate, goose or sql-migrate. */
export function isMark(comment: string): boolean {
  return markPattern.test(comment);
}

/** The statement that is open: from its first token to the end of its last. */
interface Open {
  readonly start: number;
  readonly place: Place;
  end: number;
  readonly body: Body;
}

class ScriptReader {
  readonly pieces: ScriptPiece[] = [];
  readonly #text: string;
  readonly #lexis: Lexis;
  readonly #lines: LineCounter;
  #at = 0;
  #open: Open | undefined;
  #delimiter = ';';
  /** Between goose's marks for a statement nothing splits. */
  #isWhole = false;

  constructor(text: string, lexis: Lexis) {
    this.#text = text;
    this.#lexis = lexis;
    this.#lines = countLines(text);
  }

  /** Goes one token on; false at the end. */
  readNext(): boolean {
    while (this.#at < this.#text.length && isSpace(this.#text.charAt(this.#at))) this.#at += 1;
    if (this.#at >= this.#text.length) return this.#close();
    if (this.#readDelimiter() || this.#readDelimiterCommand()) return true;
    const token = this.#cut(readToken(this.#text, this.#at, this.#lexis));
    if (token.kind === 'comment') this.#readComment(token);
    else this.#take(token);
    this.#at += token.text.length;
    return true;
  }

  #readDelimiter(): boolean {
    const found = [breakpoint, this.#delimiter].find((text) => this.#text.startsWith(text, this.#at));
    if (this.#isWhole || found === undefined) return false;
    if (found === ';' && this.#open?.body.isOpen()) return false;
    this.#close();
    this.#at += found.length;
    return true;
  }

  /** A command of the shells of MySQL and MariaDB, known everywhere: no statement begins with the word. */
  #readDelimiterCommand(): boolean {
    if (this.#open) return false;
    delimiterPattern.lastIndex = this.#at;
    const [line, delimiter] = delimiterPattern.exec(this.#text) ?? [];
    if (line === undefined || delimiter === undefined || !isLineStart(this.#text, this.#at)) return false;
    this.#delimiter = delimiter;
    this.#at += line.length;
    return true;
  }

  /** A delimiter of one's own ends a word too: `END$$`. */
  #cut(token: Token): Token {
    const isBare = token.kind === 'word' || token.kind === 'number' || token.kind === 'symbol';
    if (this.#delimiter === ';' || this.#isWhole || !isBare) return token;
    for (let end = 1; end < token.text.length; end += 1)
      if (this.#text.startsWith(this.#delimiter, this.#at + end)) return { ...token, text: token.text.slice(0, end) };
    return token;
  }

  #readComment({ text }: Token): void {
    if (!isClosed(text, this.#lexis)) this.pieces.push({ kind: 'unclosed', text, place: this.#lines(this.#at) });
    if (!isMark(text) || !isLineStart(this.#text, this.#at)) return;
    if (this.#isWhole && !/^--\s*\+(?:goose|migrate)\s+StatementEnd\b/iu.test(text)) return;
    this.#close();
    this.#isWhole = /^--\s*\+(?:goose|migrate)\s+StatementBegin\b/iu.test(text);
    this.pieces.push({ kind: 'mark', text: text.trimEnd(), place: this.#lines(this.#at) });
  }

  #take(token: Token): void {
    // Where something else ends a statement, the semicolon at its end belongs to no one.
    const isBelonging = token.text !== ';' || !(this.#isWhole || this.#delimiter !== ';');
    if (!this.#open && !isBelonging) return;
    this.#open ??= this.#begin();
    if (isBelonging) this.#open.end = this.#at + token.text.length;
    this.#open.body.take(token);
  }

  #begin(): Open {
    return { start: this.#at, place: this.#lines(this.#at), end: this.#at, body: trackBody(this.#lexis.bodies) };
  }

  #close(): false {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return false;
    const text = this.#text.slice(open.start, open.end);
    this.pieces.push({ kind: 'statement', text, place: open.place, start: open.start });
    return false;
  }
}

const markPattern = /^--\s*(?:migrate\s*:|migrate\s+(?:up|down)\s*$|\+(?:goose|migrate)\b)/iu;
const delimiterPattern = /delimiter[ \t]+(\S+)[^\n]*/iuy;

function isLineStart(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}

type LineCounter = (offset: number) => Place;

/** The places of offsets that only grow. */
function countLines(text: string): LineCounter {
  let line = 1;
  let start = 0;
  let end = text.indexOf('\n');
  return (offset) => {
    for (; end >= 0 && end < offset; end = text.indexOf('\n', start)) {
      line += 1;
      start = end + 1;
    }
    return { line, column: offset - start + 1 };
  };
}
