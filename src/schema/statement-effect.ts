import { identifierOf, tokenize, type Lexis, type Token } from './expression.ts';

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
  isOneOf(words: readonly string[]): boolean;
  /** True where a comma outside parentheses is still to come: several changes in one. */
  hasSeveral(): boolean;
}

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  const word = (place: number): string => tokens[place]?.text.toLowerCase() ?? '';
  return {
    skip: (...words) => {
      const isNext = words.every((wanted, offset) => word(at + offset) === wanted);
      if (isNext) at += words.length;
      return isNext;
    },
    name: () => {
      const token = tokens[at];
      at += 1;
      return token && identifierOf(token);
    },
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
