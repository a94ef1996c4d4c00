import type { DatabaseKind } from '../databases.ts';
import { isSymbol, isWord, splitAtParentheses, withoutWords } from './sql-tokens.ts';
import type { Token } from './sql-tokens.ts';

// Besides the names of indexes and constraints, the order of columns, auto-increment counters and white space, the oracle
// takes only the following for equal. All other text must be the same to the letter.

/** One spelling that means the same as another. `lines` are all lines of the table; undefined drops the line. */
export interface Spelling {
  readonly reason: string;
  readonly rewrite: (line: readonly Token[], lines: readonly (readonly Token[])[]) => readonly Token[] | undefined;
}

const mysqlSpellings: readonly Spelling[] = [
  {
    reason: 'InnoDB has no other kind of index: USING BTREE only tells that somebody wrote it out (HASH stays visible)',
    rewrite: (line) => (isKey(line) ? withoutWords(line, 'USING', 'BTREE') : line),
  },
  {
    reason:
      'a column that names the character set and collation of its table has the same ones as a column that names none',
    rewrite: dropInheritedCollation,
  },
  {
    reason: 'MySQL spells -5 in an expression -(5), and that -5 when it is written once more',
    rewrite: (line) => line.filter((_, at) => !isAroundNegative(line, at)),
  },
];

const sqliteSpellings: readonly Spelling[] = [
  {
    reason: 'NULL says that a column may be null, as it may without',
    rewrite: (line) => (isWord(line[1], 'NULL') && line.length === 2 ? undefined : line),
  },
  {
    reason:
      'PRIMARY KEY behind the only key column means the same as PRIMARY KEY (column); not so with DESC, which makes it no rowid',
    rewrite: (line) => {
      if (!isWord(line[1], 'PRIMARY') || isWord(line[3], 'DESC')) return line;
      const rest = withoutWords(line.slice(3), 'ASC');
      const counter = rest.filter((token) => isWord(token, 'AUTOINCREMENT'));
      return [
        word('PRIMARY'),
        word('KEY'),
        symbol('('),
        column(line),
        ...counter,
        symbol(')'),
        ...rest.filter((token) => !isWord(token, 'AUTOINCREMENT')),
      ];
    },
  },
  {
    reason:
      'UNIQUE behind a column, UNIQUE (column) and a unique index do the same (readers write all of them as UNIQUE (…))',
    rewrite: (line) =>
      isClause(line, 'UNIQUE') ? [word('UNIQUE'), symbol('('), column(line), symbol(')'), ...line.slice(2)] : line,
  },
  {
    reason: 'CHECK behind a column means the same as CHECK behind all columns',
    rewrite: (line) => (isClause(line, 'CHECK') ? line.slice(1) : line),
  },
  {
    reason: 'REFERENCES behind a column means the same as FOREIGN KEY (column) REFERENCES',
    rewrite: (line) =>
      isClause(line, 'REFERENCES')
        ? [word('FOREIGN'), word('KEY'), symbol('('), column(line), symbol(')'), ...line.slice(1)]
        : line,
  },
  {
    reason:
      'NO ACTION and NOT DEFERRABLE are what a foreign key does without being told; ON DELETE may come before or after ON UPDATE',
    rewrite: (line) => (isWord(line[0], 'FOREIGN') ? plainForeignKey(line) : line),
  },
  {
    reason: 'GENERATED ALWAYS is noise before AS, and VIRTUAL is what a generated column is without being told',
    rewrite: (line) =>
      isClause(line, 'GENERATED', 'AS') ? withoutLast(withoutWords(line, 'GENERATED', 'ALWAYS'), 'VIRTUAL') : line,
  },
  {
    reason: 'ASC is the direction of an index column without being told',
    rewrite: (line) => (isWord(line[0], 'INDEX', 'UNIQUE', 'PRIMARY') ? withoutWords(line, 'ASC') : line),
  },
  {
    reason: 'a default in parentheses is the same as without',
    rewrite: (line) => {
      const { head, body, tail } = splitAtParentheses(line);
      return isClause(line, 'DEFAULT') && head.length === 2 && tail.length === 0 && body.length === 1
        ? [...head, ...body]
        : line;
    },
  },
  {
    reason: 'an INTEGER PRIMARY KEY is the rowid, which is never null: NOT NULL adds nothing',
    rewrite: (line, lines) => (isClause(line, 'NOT') && isRowid(line[0]?.text, lines) ? undefined : line),
  },
];

/**
 * For PostgreSQL none but the name of an identity's sequence, which its reader drops: `pg_dump` writes one text for one
 * meaning. A unique constraint is not a unique index there.
 */
export const spellings: { readonly [K in DatabaseKind]: readonly Spelling[] } = {
  sqlite: sqliteSpellings,
  postgresql: [],
  mariadb: mysqlSpellings,
  mysql: mysqlSpellings,
};

/** The lines of a table in the one spelling that stands for all equal ones. */
export function rewriteLines(kind: DatabaseKind, lines: readonly (readonly Token[])[]): readonly (readonly Token[])[] {
  return spellings[kind].reduce<readonly (readonly Token[])[]>(
    (rewritten, spelling) =>
      rewritten.flatMap((line) => {
        const result = spelling.rewrite(line, rewritten);
        return result ? [result] : [];
      }),
    lines,
  );
}

/** A difference that the tool leaves in an old database on purpose. `lines` are all lines of one object. */
export interface Decision {
  readonly reason: string;
  readonly rewrite: (lines: readonly string[]) => readonly string[];
}

/** What an upgraded database may keep of its old self; the oracle sees it, and only a comparison that asks for it forgives it. */
export const decisions: { readonly [K in DatabaseKind]: readonly Decision[] } = {
  sqlite: [
    {
      reason:
        'VARCHAR(n) and TEXT have one affinity and hold the same texts (https://www.sqlite.org/datatype3.html): no table is copied for it',
      rewrite: (lines) => lines.map((line) => line.replace(/^("(?:[^"]|"")*" TYPE) VARCHAR \( \d+ \)$/, '$1 TEXT')),
    },
    {
      reason:
        'an INTEGER PRIMARY KEY numbers the rows with AUTOINCREMENT or without (https://www.sqlite.org/autoinc.html): no table is copied for it',
      rewrite: (lines) =>
        lines.map((line) => line.replace(/^(PRIMARY KEY \( "(?:[^"]|"")*") AUTOINCREMENT \)$/, '$1 )')),
    },
  ],
  postgresql: [
    {
      reason: 'serial and GENERATED BY DEFAULT AS IDENTITY number the rows alike, from a sequence that the column owns',
      rewrite: (lines) => ownedSequences(lines).reduce(asIdentity, lines),
    },
  ],
  mariadb: [],
  mysql: [],
};

interface OwnedSequence {
  readonly name: string;
  readonly of: string;
  readonly options: string;
}

/** Sequences of a column's own type that give the column its default. */
function ownedSequences(lines: readonly string[]): OwnedSequence[] {
  return lines.flatMap((line) => {
    const [, of = '', name = ''] = /^ALTER COLUMN (.+) SET DEFAULT nextval\('(.+)'::regclass\)$/s.exec(line) ?? [];
    const created = lines.find((other) => other.startsWith(`sequence ${name}: CREATE SEQUENCE ${name} `));
    const options = created?.slice(`sequence ${name}: CREATE SEQUENCE ${name} `.length);
    if (!name || options === undefined || !lines.some((other) => other.startsWith(`sequence ${name}: OWNED BY `)))
      return [];
    const [, type = 'bigint'] = /^AS (\w+) /.exec(options) ?? [];
    return lines.includes(`${of} ${type} NOT NULL`) ? [{ name, of, options: options.replace(/^AS \w+ /, '') }] : [];
  });
}

function asIdentity(lines: readonly string[], { name, of, options }: OwnedSequence): readonly string[] {
  const rest = lines.filter(
    (line) => !line.startsWith(`sequence ${name}: `) && !line.startsWith(`ALTER COLUMN ${of} SET DEFAULT nextval(`),
  );
  return [...rest, `ALTER COLUMN ${of} ADD GENERATED BY DEFAULT AS IDENTITY ( ${options} )`];
}

/**
 * SQLite keeps the text of a statement as it was typed. Equal are: keywords, function and type names in any case, a name
 * in any of its quotes or none, a collation in any case. Comments are white space (the reader of tokens drops them).
 */
export function plainSqliteToken(token: Token, before: Token | undefined, next: Token | undefined): Token {
  if (isWord(before, 'COLLATE'))
    return { ...token, kind: 'word', text: token.kind === 'name' ? unquoted(token.text) : token.text };
  if (token.kind === 'name') return { ...token, text: quoted(unquoted(token.text)) };
  if (token.kind !== 'word' || sqliteKeywords.has(token.text.toUpperCase())) return token;
  const isFunction = isSymbol(next, '(') && !isWord(before, 'REFERENCES', 'ON', 'INTO', 'TABLE');
  return isFunction ? token : { ...token, kind: 'name', text: quoted(token.text) };
}

/** One text for all spellings of these tokens: words in capitals, one blank between any two. */
export function spellSqlite(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : text)).join(' ');
}

function unquoted(name: string): string {
  const quote = name[0] ?? '';
  return quote === '[' ? name.slice(1, -1) : name.slice(1, -1).replaceAll(quote + quote, quote);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

// https://www.sqlite.org/lang_keywords.html, less those that are ordinary names for columns and never begin or join a clause of a table, index or view.
const sqliteKeywords = new Set(
  `ABORT ADD AFTER ALL ALTER ALWAYS AND AS ASC AUTOINCREMENT BEFORE BEGIN BETWEEN BY CASCADE CASE CAST
  CHECK COLLATE CONFLICT CONSTRAINT CREATE CROSS CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DEFAULT DEFERRABLE DEFERRED DELETE
  DESC DISTINCT DO DROP EACH ELSE END ESCAPE EXCEPT EXISTS FALSE FOR FOREIGN FROM FULL GENERATED GLOB GROUP HAVING IF IGNORE
  IMMEDIATE IN INDEX INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS ISNULL JOIN KEY LEFT LIKE LIMIT MATCH NATURAL NEW NO NOT NOTNULL
  NULL NULLS OF OFFSET OLD ON OR ORDER OUTER OVER PARTITION PRIMARY RAISE RECURSIVE REFERENCES REGEXP REPLACE RESTRICT RETURNING
  RIGHT ROLLBACK ROW ROWID SELECT SET STORED STRICT TABLE TEMP THEN TRIGGER TRUE UNION UNIQUE UPDATE USING VALUES VIEW VIRTUAL
  WHEN WHERE WITH WITHOUT`.split(/\s+/),
);

function word(text: string): Token {
  return { kind: 'word', text, spaced: true };
}

function symbol(text: string): Token {
  return { kind: 'symbol', text, spaced: true };
}

function column(line: readonly Token[]): Token {
  if (!line[0]) throw new Error('A line without tokens has no column.');
  return { ...line[0], spaced: true };
}

function isClause(line: readonly Token[], ...words: readonly string[]): boolean {
  return line[0]?.kind === 'name' && isWord(line[1], ...words);
}

function isKey(line: readonly Token[]): boolean {
  return isWord(line[0], 'KEY', 'PRIMARY', 'UNIQUE');
}

/** One of the parentheses in `-(5)`. */
function isAroundNegative(line: readonly Token[], at: number): boolean {
  const isOpen = (place: number): boolean =>
    isSymbol(line[place - 1], '-') &&
    isSymbol(line[place], '(') &&
    /^[0-9.]+$/u.test(line[place + 1]?.text ?? '') &&
    isSymbol(line[place + 2], ')');
  return isOpen(at) || isOpen(at - 2);
}

function withoutLast(line: readonly Token[], text: string): readonly Token[] {
  return isWord(line.at(-1), text) ? line.slice(0, -1) : line;
}

function isRowid(name: string | undefined, lines: readonly (readonly Token[])[]): boolean {
  const isInteger = lines.some(
    (line) => line[0]?.text === name && line.length === 3 && isWord(line[1], 'TYPE') && isWord(line[2], 'INTEGER'),
  );
  const isKeyAlone = lines.some(
    (line) => isWord(line[0], 'PRIMARY') && line[3]?.text === name && !line.some((token) => isSymbol(token, ',')),
  );
  return isInteger && isKeyAlone;
}

function plainForeignKey(line: readonly Token[]): Token[] {
  const plain = [
    ['ON', 'DELETE', 'NO', 'ACTION'],
    ['ON', 'UPDATE', 'NO', 'ACTION'],
    ['NOT', 'DEFERRABLE', 'INITIALLY', 'IMMEDIATE'],
    ['NOT', 'DEFERRABLE', 'INITIALLY', 'DEFERRED'],
    ['NOT', 'DEFERRABLE'],
    ['DEFERRABLE', 'INITIALLY', 'IMMEDIATE'],
  ].reduce<Token[]>((rest, words) => withoutWords(rest, ...words), line.map(plainAction));
  const update = plain.findIndex((token, index) => isWord(token, 'ON') && isWord(plain[index + 1], 'UPDATE'));
  if (update < 0) return plain;
  const length = isWord(plain[update + 2], 'SET') ? 4 : 3;
  const action = plain.splice(update, length);
  const removal = plain.findIndex((token, index) => isWord(token, 'ON') && isWord(plain[index + 1], 'DELETE'));
  const end = removal < 0 ? update : removal + (isWord(plain[removal + 2], 'SET') ? 4 : 3);
  return [...plain.slice(0, end), ...action, ...plain.slice(end)];
}

// ACTION is no keyword elsewhere, so the reader took it for a name.
function plainAction(token: Token): Token {
  return token.text === '"ACTION"' || token.text === '"action"' ? word('ACTION') : token;
}

function dropInheritedCollation(line: readonly Token[], lines: readonly (readonly Token[])[]): readonly Token[] {
  const options = lines.find((other) => isWord(other[0], 'OPTIONS')) ?? [];
  const charset = wordAfter(options, 'CHARSET')?.toUpperCase();
  const collation = wordAfter(options, 'COLLATE')?.toUpperCase();
  if (line[0]?.kind !== 'name' || !charset || !collation) return line;
  const rest = withoutWords(line, 'CHARACTER', 'SET', charset, 'COLLATE', collation);
  const namesSet = rest.some((token, index) => isWord(token, 'CHARACTER') && isWord(rest[index + 1], 'SET'));
  return namesSet ? rest : withoutWords(rest, 'COLLATE', collation);
}

function wordAfter(line: readonly Token[], name: string): string | undefined {
  const at = line.findIndex((token) => isWord(token, name));
  if (at < 0) return undefined;
  return (isSymbol(line[at + 1], '=') ? line[at + 2] : line[at + 1])?.text;
}
