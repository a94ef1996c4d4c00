import type { Deferrable } from '../../schema/schema.ts';
import { closingAt, isWord, nameOf, placeTokens, splitAtCommas, type PlacedToken } from './lexis.ts';

/** What the text of a `create table` says and no pragma does. */
export interface ParsedTable {
  /** In the order of the text, which is that of `pragma table_xinfo`. */
  readonly columns: readonly ParsedColumn[];
  readonly checks: readonly { readonly name?: string; readonly expression: string }[];
  /** In the order of the text: the reverse of `pragma foreign_key_list`. */
  readonly foreignKeys: readonly { readonly name?: string; readonly deferrable?: Deferrable }[];
  readonly uniques: readonly {
    readonly name?: string;
    readonly columns: readonly string[];
    readonly onConflict?: string;
  }[];
  readonly primaryKey?: { readonly name?: string; readonly autoincrement: boolean; readonly onConflict?: string };
  readonly strict: boolean;
  readonly withoutRowid: boolean;
}

export interface ParsedColumn {
  readonly name: string;
  readonly collation?: string;
  readonly generated?: { readonly expression: string; readonly stored: boolean };
  /** The conflict clause of its NOT NULL. */
  readonly onConflict?: string;
}

/** Parses a statement that SQLite itself accepted; what it does not know it steps over. */
export function parseCreateTable(sql: string): ParsedTable {
  const tokens = placeTokens(sql);
  const open = tokens.findIndex(({ text }) => text === '(');
  const close = closingAt(tokens, open);
  const found = emptyDraft();
  for (const item of splitAtCommas(tokens.slice(open + 1, close))) readItem(sql, item, found);
  const options = tokens.slice(close + 1);
  return {
    ...found,
    strict: options.some((token) => isWord(token, 'strict')),
    withoutRowid: options.some((token) => isWord(token, 'without')),
  };
}

interface Draft {
  columns: ParsedColumn[];
  checks: { name?: string; expression: string }[];
  foreignKeys: { name?: string; deferrable?: Deferrable }[];
  uniques: { name?: string; columns: readonly string[]; onConflict?: string }[];
  primaryKey?: { name?: string; autoincrement: boolean; onConflict?: string };
}

const emptyDraft = (): Draft => ({ columns: [], checks: [], foreignKeys: [], uniques: [] });
const constraintWords = [
  'constraint',
  'primary',
  'not',
  'null',
  'unique',
  'check',
  'default',
  'collate',
  'references',
  'generated',
  'as',
  'foreign',
];
const tableConstraintWords = ['constraint', 'primary', 'unique', 'check', 'foreign'];

/** Reads one item of the list: a column with its constraints, or constraints of the table. */
function readItem(sql: string, tokens: readonly PlacedToken[], found: Draft): void {
  const first = tokens[0];
  if (!first) return;
  if (isWord(first, ...tableConstraintWords)) {
    readConstraints(new Reader(sql, tokens), found, undefined);
    return;
  }
  const reader = new Reader(sql, tokens);
  const name = nameOf(first);
  reader.at = 1;
  while (reader.at < tokens.length && !isWord(tokens[reader.at], ...constraintWords))
    reader.at = reader.isOpen() ? closingAt(tokens, reader.at) + 1 : reader.at + 1;
  found.columns.push({ name, ...readConstraints(reader, found, name) });
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readConstraints(reader: Reader, found: Draft, column: string | undefined): Omit<ParsedColumn, 'name'> {
  const facts: Mutable<Omit<ParsedColumn, 'name'>> = {};
  let name: { name?: string } = {};
  while (!reader.isDone()) {
    if (reader.take('constraint')) {
      name = { name: reader.takeName() };
      continue;
    }
    readConstraint(reader, found, { column, name, facts });
    name = {};
  }
  return facts;
}

interface Place {
  readonly column: string | undefined;
  readonly name: { name?: string };
  readonly facts: Mutable<Omit<ParsedColumn, 'name'>>;
}

function readConstraint(reader: Reader, found: Draft, { column, name, facts }: Place): void {
  if (reader.take('primary')) found.primaryKey = { ...name, ...readPrimaryKey(reader) };
  else if (reader.take('unique')) {
    const columns = reader.isOpen() ? reader.takeNames() : column === undefined ? [] : [column];
    found.uniques.push({ ...name, columns, ...reader.takeConflict() });
  } else if (reader.take('check')) {
    found.checks.push({ ...name, expression: reader.takeParenthesised() });
    reader.takeConflict();
  } else if (reader.take('foreign')) {
    reader.take('key');
    reader.takeGroup();
    reader.take('references');
    found.foreignKeys.push({ ...name, ...readReference(reader) });
  } else if (reader.take('references')) found.foreignKeys.push({ ...name, ...readReference(reader) });
  else if (reader.take('collate')) facts.collation = reader.takeName();
  else if (reader.take('default')) reader.takeDefault();
  else if (reader.take('as')) {
    const expression = reader.takeParenthesised();
    const stored = reader.take('stored');
    if (!stored) reader.take('virtual');
    facts.generated = { expression, stored };
  } else if (reader.take('not')) {
    reader.take('null');
    Object.assign(facts, reader.takeConflict());
  } else reader.at += 1;
}

function readPrimaryKey(reader: Reader): { autoincrement: boolean; onConflict?: string } {
  reader.take('key');
  // Within its parentheses AUTOINCREMENT may stand too: PRIMARY KEY (id AUTOINCREMENT).
  const inside = reader.isOpen() ? reader.takeGroup() : [];
  if (!reader.take('asc')) reader.take('desc');
  const conflict = reader.takeConflict();
  const autoincrement = reader.take('autoincrement') || inside.some((token) => isWord(token, 'autoincrement'));
  return { autoincrement, ...conflict };
}

function readReference(reader: Reader): { deferrable?: Deferrable } {
  reader.takeName();
  if (reader.isOpen()) reader.takeGroup();
  let deferrable: Deferrable | undefined;
  for (;;) {
    if (reader.take('on')) {
      reader.at += 1;
      if (reader.take('set') || reader.take('no')) reader.at += 1;
      else reader.at += 1;
    } else if (reader.take('match')) reader.at += 1;
    else if (reader.isNext('not', 'deferrable')) {
      reader.at += 2;
      readInitially(reader);
      deferrable = undefined;
    } else if (reader.take('deferrable')) deferrable = readInitially(reader);
    else return deferrable === undefined ? {} : { deferrable };
  }
}

function readInitially(reader: Reader): Deferrable {
  if (!reader.take('initially')) return 'immediate';
  if (reader.take('deferred')) return 'deferred';
  reader.take('immediate');
  return 'immediate';
}

/** Walks over the tokens of one item. */
class Reader {
  readonly sql: string;
  readonly tokens: readonly PlacedToken[];
  at = 0;

  constructor(sql: string, tokens: readonly PlacedToken[]) {
    this.sql = sql;
    this.tokens = tokens;
  }

  isDone(): boolean {
    return this.at >= this.tokens.length;
  }

  isOpen(): boolean {
    return this.tokens[this.at]?.text === '(';
  }

  isNext(first: string, second: string): boolean {
    return isWord(this.tokens[this.at], first) && isWord(this.tokens[this.at + 1], second);
  }

  take(word: string): boolean {
    const found = isWord(this.tokens[this.at], word);
    if (found) this.at += 1;
    return found;
  }

  takeName(): string {
    const token = this.tokens[this.at];
    this.at += 1;
    return token ? nameOf(token) : '';
  }

  /** The tokens between the parentheses that open here. */
  takeGroup(): readonly PlacedToken[] {
    const close = closingAt(this.tokens, this.at);
    const inside = this.tokens.slice(this.at + 1, close);
    this.at = close + 1;
    return inside;
  }

  takeNames(): string[] {
    return splitAtCommas(this.takeGroup()).flatMap(([first]) => (first ? [nameOf(first)] : []));
  }

  /** The text between the parentheses that open here, byte for byte. */
  takeParenthesised(): string {
    const open = this.tokens[this.at];
    const close = this.tokens[closingAt(this.tokens, this.at)];
    this.takeGroup();
    return open && close ? this.sql.slice(open.end, close.start).trim() : '';
  }

  takeDefault(): void {
    if (this.isOpen()) this.takeGroup();
    else this.at += ['+', '-'].includes(this.tokens[this.at]?.text ?? '') ? 2 : 1;
  }

  takeConflict(): { onConflict?: string } {
    if (!this.isNext('on', 'conflict')) return {};
    this.at += 2;
    return { onConflict: this.takeName().toLowerCase() };
  }
}
