import type { TestDatabase } from '../databases.ts';
import { DocumentBuilder } from './document.ts';
import type { OracleDocument } from './document.ts';
import { plainSqliteToken, rewriteLines, spellSqlite } from './spellings.ts';
import { depthOf, isWord, readTokens, splitAtParentheses, splitTokens } from './sql-tokens.ts';
import type { Token } from './sql-tokens.ts';

interface MasterRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string;
}

/** Reads `sqlite_master`, which keeps the statements as they were typed. */
export async function readSqlite(database: TestDatabase, ignored: ReadonlySet<string>): Promise<OracleDocument> {
  const rows = await database.query(
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  );
  const kept = (rows as unknown as MasterRow[]).filter((row) => !ignored.has(row.tbl_name));
  const builder = new DocumentBuilder();
  for (const row of kept.filter(({ type }) => type === 'table')) {
    const indexes = kept.filter(({ type, tbl_name }) => type === 'index' && tbl_name === row.name);
    const lines = [
      ...tableLines(readPlainTokens(row.sql)),
      ...indexes.map(({ sql }) => indexLine(readPlainTokens(sql))),
    ];
    builder.add(`table ${row.name}`, ...rewriteLines('sqlite', lines).map(spellSqlite));
  }
  for (const row of kept.filter(({ type }) => type === 'view'))
    builder.add(`view ${row.name}`, spellSqlite(readPlainTokens(row.sql)));
  for (const row of kept.filter(({ type }) => type === 'trigger'))
    builder.add(`trigger ${row.name}`, spellSqlite(readPlainTokens(row.sql)));
  return builder.build('sqlite');
}

function readPlainTokens(sql: string): Token[] {
  const bracketed = sql.replace(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[^]*?\*\/|\[([^\]]*)\]/g,
    (all, name?: string) => (name === undefined ? all : `"${name.replaceAll('"', '""')}"`),
  );
  const tokens = readTokens(bracketed, { backslash: false, doubleQuoted: 'name', dropComments: true });
  return tokens.map((token, index) => plainSqliteToken(token, tokens[index - 1], tokens[index + 1]));
}

function tableLines(tokens: readonly Token[]): (readonly Token[])[] {
  const { head, body, tail } = splitAtParentheses(tokens);
  if (isWord(head[1], 'VIRTUAL')) return [tokens];
  const options = splitTokens(tail, ',');
  return [...splitTokens(body, ',').flatMap(partLines), ...options];
}

const tableConstraints = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'];
const columnClauses = [
  'CONSTRAINT',
  'PRIMARY',
  'NOT',
  'NULL',
  'UNIQUE',
  'CHECK',
  'DEFAULT',
  'COLLATE',
  'REFERENCES',
  'GENERATED',
  'AS',
];

/** A column becomes one line for its type and one for each clause, whose order means nothing; a constraint one without its name. */
function partLines(part: readonly Token[]): (readonly Token[])[] {
  if (isWord(part[0], ...tableConstraints)) return [withoutName(part)];
  const [first, ...rest] = part;
  if (!first) return [];
  const name: Token = { ...first, kind: 'name', text: first.kind === 'name' ? first.text : `"${first.text}"` };
  const [type = [], ...clauses] = cutClauses(rest);
  const typeWords = type.map((token): Token =>
    token.kind === 'name' ? { ...token, kind: 'word', text: token.text.slice(1, -1) } : token,
  );
  const lines = clauses.map(withoutName).filter((clause) => clause.length > 0);
  return [
    [name, { kind: 'word', text: 'TYPE', spaced: true }, ...typeWords],
    ...lines.map((clause) => [name, ...clause]),
  ];
}

/** The type, then the clauses. */
function cutClauses(tokens: readonly Token[]): Token[][] {
  const cut: Token[][] = [[]];
  let depth = 0;
  tokens.forEach((token, index) => {
    if (depth === 0 && beginsClause(tokens, index)) cut.push([]);
    depth += depthOf(token);
    cut.at(-1)?.push(token);
  });
  return cut;
}

function beginsClause(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (!isWord(tokens[index], ...columnClauses)) return false;
  if (isWord(before, 'SET', 'DEFAULT') || isWord(tokens[index + 1], 'DEFERRABLE')) return false;
  if (isWord(tokens[index], 'NULL') && isWord(before, 'NOT')) return false;
  return !(isWord(tokens[index], 'AS') && isWord(before, 'ALWAYS'));
}

function withoutName(tokens: readonly Token[]): readonly Token[] {
  return isWord(tokens[0], 'CONSTRAINT') ? tokens.slice(2) : tokens;
}

/** `UNIQUE (…)` or `INDEX (…)`, then its predicate, without its name. */
function indexLine(tokens: readonly Token[]): readonly Token[] {
  const kind: Token = { kind: 'word', text: isWord(tokens[1], 'UNIQUE') ? 'UNIQUE' : 'INDEX', spaced: true };
  const { head } = splitAtParentheses(tokens);
  return [kind, ...tokens.slice(head.length)];
}
