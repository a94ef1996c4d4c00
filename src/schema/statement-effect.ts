import { identifierOf, tokenize, type Lexis, type Token } from './expression.ts';
import { tableKey } from './names.ts';

/** Something that a statement makes or takes away: a table, a column of it, or an index on it. */
export interface MadeObject {
  readonly table: string;
  readonly column?: string;
  readonly index?: string;
}

export type Effect = { readonly makes: MadeObject } | { readonly drops: MadeObject };

/**
 * What a plain statement makes or drops, by its words: `create table`, `create index`, `alter table … add` or `drop` of one
 * column, `drop table`. `undefined` for anything else: then nothing may be concluded.
 */
export function statementEffect(text: string, lexis: Lexis): Effect | undefined {
  const tokens = tokenize(text, lexis).filter(({ kind }) => kind !== 'comment');
  const reader = readerOf(tokens);
  if (reader.skip('create')) return effectOfCreate(reader);
  if (reader.skip('drop') && reader.skip('table')) return namedTable(reader, (table) => ({ drops: { table } }));
  if (reader.skip('alter') && reader.skip('table')) return namedTable(reader, (table) => effectOfAlter(table, reader));
  return undefined;
}

/**
 * The tables and columns that statements drop, by their words; `undefined` where one of them may take rows or values away
 * in another way. Tables are named as they are written, by `tableKey`.
 */
export function droppedBy(text: string, lexis: Lexis): readonly MadeObject[] | undefined {
  const dropped: MadeObject[] = [];
  for (const statement of splitAt(';', tokenize(text, lexis).filter(isWord))) {
    const objects = droppedByOne(statement);
    if (!objects) return undefined;
    dropped.push(...objects);
  }
  return dropped;
}

function droppedByOne(tokens: readonly Token[]): readonly MadeObject[] | undefined {
  const reader = readerOf(tokens);
  if (tokens.length === 0) return [];
  if (reader.isOneOf(harmless)) return tokens.some(({ text }) => overwriting.has(text.toLowerCase())) ? undefined : [];
  // A part of it may be a statement of its own: insert … with gone as (delete …) select …
  if (reader.skip('insert')) return tokens.some(({ text }) => taking.has(text.toLowerCase())) ? undefined : [];
  if (reader.skip('drop')) {
    if (reader.isOneOf(withoutRows)) return [];
    return reader.skip('table') ? all(splitAt(',', reader.rest()).map(droppedTable)) : undefined;
  }
  if (!reader.skip('alter', 'table')) return undefined;
  reader.skip('if', 'exists');
  reader.skip('only');
  const table = reader.key();
  return table === undefined
    ? undefined
    : all(splitAt(',', reader.rest()).map((change) => droppedColumn(table, change)))?.flat();
}

function droppedTable(tokens: readonly Token[]): MadeObject | undefined {
  const reader = readerOf(tokens);
  reader.skip('if', 'exists');
  const table = reader.key();
  return table === undefined ? undefined : { table };
}

/** One change of a table: a column of it that goes, or none. */
function droppedColumn(table: string, tokens: readonly Token[]): readonly MadeObject[] | undefined {
  const reader = readerOf(tokens);
  if (reader.isOneOf(['add', 'rename'])) return [];
  if (!reader.skip('drop')) return undefined;
  // Its rows go with it.
  if (reader.skip('partition')) return undefined;
  if (!reader.skip('column') && reader.isOneOf(notColumns)) return [];
  reader.skip('if', 'exists');
  const column = reader.name();
  return column === undefined ? undefined : [{ table, column }];
}

/** Statements that take no row away, whatever else they do. */
const harmless = ['create', 'comment', 'grant', 'revoke', 'analyze', 'set'];
/** With these words they may. */
const overwriting: ReadonlySet<string> = new Set(['replace', 'update']);
const taking: ReadonlySet<string> = new Set([...overwriting, 'delete']);
/** What can be dropped without a row. */
const withoutRows = ['index', 'view', 'trigger', 'function', 'procedure', 'sequence'];

const isWord = ({ kind }: Token): boolean => kind !== 'comment';

/** The pieces between a mark that stands outside parentheses. */
function splitAt(mark: string, tokens: readonly Token[]): readonly (readonly Token[])[] {
  const pieces: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && token.kind === 'symbol' && token.text === mark) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces;
}

/** All of them, or `undefined` where one is missing. */
function all<Item>(items: readonly (Item | undefined)[]): readonly Item[] | undefined {
  const found = items.filter((item) => item !== undefined);
  return found.length === items.length ? found : undefined;
}

function effectOfCreate(reader: Reader): Effect | undefined {
  if (reader.skip('table')) return namedTable(reader, (table) => ({ makes: { table } }));
  reader.skip('unique');
  if (!reader.skip('index')) return undefined;
  reader.skip('if', 'not', 'exists');
  const index = reader.name();
  if (index === undefined || !reader.skip('on')) return undefined;
  return namedTable(reader, (table) => ({ makes: { table, index } }));
}

function effectOfAlter(table: string, reader: Reader): Effect | undefined {
  if (reader.hasSeveral()) return undefined;
  if (reader.skip('add')) {
    if (!reader.skip('column') && reader.isOneOf(notColumns)) return undefined;
    return namedColumn(reader, (column) => ({ makes: { table, column } }));
  }
  if (!reader.skip('drop', 'column')) return undefined;
  return namedColumn(reader, (column) => ({ drops: { table, column } }));
}

/** What `add` may add besides a column. */
const notColumns = [
  'constraint',
  'index',
  'key',
  'unique',
  'primary',
  'foreign',
  'check',
  'fulltext',
  'spatial',
  'partition',
];

function namedTable(reader: Reader, effect: (table: string) => Effect | undefined): Effect | undefined {
  reader.skip('if', 'not', 'exists');
  reader.skip('if', 'exists');
  reader.skip('only');
  const table = reader.name();
  // A name of another namespace is not looked up.
  return table === undefined || reader.isOneOf(['.']) ? undefined : effect(table);
}

function namedColumn(reader: Reader, effect: (column: string) => Effect): Effect | undefined {
  reader.skip('if', 'not', 'exists');
  reader.skip('if', 'exists');
  const column = reader.name();
  return column === undefined ? undefined : effect(column);
}

interface Reader {
  /** Goes over these words if they are next. */
  skip(...words: readonly string[]): boolean;
  name(): string | undefined;
  /** A table's name, perhaps behind that of its namespace, as a key. */
  key(): string | undefined;
  rest(): readonly Token[];
  isOneOf(words: readonly string[]): boolean;
  /** True where a comma outside parentheses is still to come: several changes in one. */
  hasSeveral(): boolean;
}

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  const name = (): string | undefined => {
    const token = tokens[at];
    at += 1;
    return token && identifierOf(token);
  };
  const word = (place: number): string => tokens[place]?.text.toLowerCase() ?? '';
  return {
    skip: (...words) => {
      const isNext = words.every((wanted, offset) => word(at + offset) === wanted);
      if (isNext) at += words.length;
      return isNext;
    },
    name,
    key: () => {
      const first = name();
      if (first === undefined || word(at) !== '.') return first === undefined ? undefined : tableKey(first);
      at += 1;
      const second = name();
      return second === undefined ? undefined : tableKey(second, first);
    },
    rest: () => tokens.slice(at),
    isOneOf: (words) => words.includes(word(at)),
    hasSeveral: () => {
      let depth = 0;
      return tokens.slice(at).some(({ text }) => {
        if (text === '(') depth += 1;
        if (text === ')') depth -= 1;
        return text === ',' && depth === 0;
      });
    },
  };
}

/**
 * True for a statement that changes the catalog alone, in a moment, and of which its effect says everything: a new table,
 * a new column without key, check or computed value.
 */
export function isPlainAddition(text: string, lexis: Lexis): boolean {
  const effect = statementEffect(text, lexis);
  if (!effect || !('makes' in effect) || effect.makes.index !== undefined) return false;
  const tokens = tokenize(text, lexis).filter(({ kind }) => kind !== 'comment');
  const words = tokens.map((token) => (token.kind === 'word' ? token.text.toLowerCase() : ''));
  // What was there already was not made.
  if (words.includes('exists')) return false;
  if (effect.makes.column === undefined) return !words.includes('select') && !words.includes('like');
  return !words.some((word) => notPlain.has(word)) && hasConstantDefault(tokens, words.indexOf('default'));
}

const notPlain: ReadonlySet<string> = new Set(
  'unique primary references check generated as identity auto_increment serial bigserial smallserial key on after first'.split(
    ' ',
  ),
);

function hasConstantDefault(tokens: readonly Token[], at: number): boolean {
  if (at < 0) return true;
  const [value, next] = [tokens[at + 1], tokens[at + 2]];
  const isLiteral =
    value?.kind === 'string' || value?.kind === 'number' || /^(?:null|true|false)$/iu.test(value?.text ?? '');
  return isLiteral && (next === undefined || /^(?:not|null)$/iu.test(next.text));
}
