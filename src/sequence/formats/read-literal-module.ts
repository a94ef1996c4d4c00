import jsTokens, { type Token } from 'js-tokens';
import { backfill, byDialect, defineMigration, expectNoRows, expectRows, sql } from '../define-migration.ts';

/**
 * The default export of a module that is nothing but a literal in `defineMigration(…)`, as most typed migrations are: it is
 * read in a fraction of the time that Node.js takes to import it. `undefined` for any other module, which has to be imported.
 */
export function readLiteralModule(source: string): unknown {
  try {
    return readModule(new Reader(source));
  } catch (error) {
    if (error === more) return undefined;
    throw error;
  }
}

/** Thrown at whatever is more than a literal. */
const more = new Error('this module is more than a literal');

type Maker = (...parts: readonly never[]) => unknown;

/** What our own package exports for definitions: they return data and do nothing else. */
const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>(
  Object.entries({ backfill, byDialect, defineMigration, expectNoRows, expectRows, sql }),
);

function readModule(reader: Reader): unknown {
  const imported = readImport(reader);
  for (const word of ['export', 'default']) reader.expect(word);
  if (reader.peek()?.value !== 'defineMigration') throw more;
  const definition = readValue(reader, imported);
  reader.skip(';');
  if (reader.peek()) throw more;
  return definition;
}

/** `import { defineMigration, … } from 'mikrate';`, which names what the literal may call. */
function readImport(reader: Reader): ReadonlySet<string> {
  for (const word of ['import', '{']) reader.expect(word);
  const names = readList(reader, '}', () => {
    const { value } = reader.next();
    return makers.has(value) ? value : give();
  });
  reader.expect('from');
  if (textOf(reader.next()) !== 'mikrate') throw more;
  reader.skip(';');
  return new Set(names);
}

function readValue(reader: Reader, imported: ReadonlySet<string>): unknown {
  const token = reader.next();
  const { type, value } = token;
  if (type === 'StringLiteral' || type === 'NoSubstitutionTemplate') return textOf(token);
  if (type === 'NumericLiteral') return numberOf(value);
  if (value === '-') return -numberOf(reader.next().value);
  if (value === '[') return readList(reader, ']', () => readValue(reader, imported));
  if (value === '{') return Object.fromEntries(readList(reader, '}', () => readEntry(reader, imported)));
  if (type === 'IdentifierName' && constants.has(value)) return constants.get(value);
  const make = imported.has(value) ? makers.get(value) : undefined;
  if (!make) throw more;
  reader.expect('(');
  return make(...(readList(reader, ')', () => readValue(reader, imported)) as readonly never[]));
}

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);

function readEntry(reader: Reader, imported: ReadonlySet<string>): readonly [string, unknown] {
  const token = reader.next();
  const key = token.type === 'IdentifierName' ? plainText(token.value) : textOf(token);
  // It would set the prototype.
  if (key === '__proto__') throw more;
  reader.expect(':');
  return [key, readValue(reader, imported)];
}

/** What stands between commas until the closing bracket; a comma may follow the last. */
function readList<T>(reader: Reader, close: string, read: () => T): readonly T[] {
  const items: T[] = [];
  while (!reader.skip(close)) {
    items.push(read());
    if (!reader.skip(',') && reader.peek()?.value !== close) throw more;
  }
  return items;
}

function numberOf(value: string): number {
  return /^(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(value) ? Number(value) : give();
}

/** The text that a literal means; of escapes only those that texts of ours are written with. */
function textOf(token: Token): string {
  const isText = token.type === 'StringLiteral' || token.type === 'NoSubstitutionTemplate';
  if (!isText || !token.closed) throw more;
  const inner = token.value.slice(1, -1).replaceAll('\r\n', '\n');
  if (inner.includes('\r')) throw more;
  if (!inner.includes('\\')) return inner;
  return inner.replaceAll(/\\(u[\da-f]{4}|[^])/giu, (_, escape: string) =>
    escape.length > 1 ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : (escapes.get(escape) ?? give()),
  );
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
]);

/** A name may be spelled with escapes. */
function plainText(name: string): string {
  return name.includes('\\') ? give() : name;
}

function give(): never {
  throw more;
}

/** Goes through the tokens of a module, without white space and comments. */
class Reader {
  readonly #tokens: Iterator<Token>;
  #ahead: Token | undefined;

  constructor(source: string) {
    this.#tokens = jsTokens(source)[Symbol.iterator]();
    this.#ahead = this.#take();
  }

  peek(): Token | undefined {
    return this.#ahead;
  }

  next(): Token {
    const token = this.#ahead;
    if (!token) throw more;
    this.#ahead = this.#take();
    return token;
  }

  /** Goes on where the text is next; a text in quotes is none of these. */
  skip(text: string): boolean {
    if (this.#ahead?.value !== text) return false;
    this.next();
    return true;
  }

  expect(text: string): void {
    if (!this.skip(text)) throw more;
  }

  #take(): Token | undefined {
    for (let step = this.#tokens.next(); step.done !== true; step = this.#tokens.next())
      if (!blank.has(step.value.type)) return step.value;
    return undefined;
  }
}

const blank: ReadonlySet<Token['type']> = new Set([
  'WhiteSpace',
  'LineTerminatorSequence',
  'SingleLineComment',
  'MultiLineComment',
]);
