import { openMysql } from '../connections/mysql.ts';
import { quoteName } from '../connections/quote.ts';
import type { Connection, Row } from '../connections/connection.ts';
import type { TestDatabase } from '../databases.ts';
import { DocumentBuilder } from './document.ts';
import type { OracleDocument } from './document.ts';
import { rewriteLines } from './spellings.ts';
import { isSymbol, isWord, readTokens, spell, splitAtParentheses, splitTokens } from './sql-tokens.ts';
import type { Token } from './sql-tokens.ts';

/**
 * Reads `SHOW CREATE …` of the database and of everything in it. The character set of the session that created a view or
 * trigger is not asked for: it belongs to that session, and literals in the text name theirs.
 */
export async function readMysql(database: TestDatabase, ignored: ReadonlySet<string>): Promise<OracleDocument> {
  const connection = openMysql(database.url);
  try {
    // How SHOW CREATE quotes and what it leaves out depends on the session.
    await connection.query("SET SESSION sql_mode = '', sql_quote_show_create = 1");
    return await readAll({ ...database, query: connection.query }, ignored);
  } finally {
    await connection.close();
  }
}

type Source = Pick<TestDatabase, 'kind' | 'name'> & Pick<Connection, 'query'>;

async function readAll(source: Source, ignored: ReadonlySet<string>): Promise<OracleDocument> {
  const kind = source.kind as 'mysql' | 'mariadb';
  const builder = new DocumentBuilder();
  builder.add('database', plainText(source, await showCreate(source, 'DATABASE', source.name)));
  for (const { name, type } of await namesOf(source, tables)) {
    if (ignored.has(name)) continue;
    if (type === 'VIEW') builder.add(`view ${name}`, plainText(source, await showCreate(source, 'VIEW', name)));
    else builder.add(`table ${name}`, ...tableLines(kind, await showCreate(source, 'TABLE', name)));
  }
  for (const { name, type, place } of await namesOf(source, triggers)) {
    if (!ignored.has(type))
      builder.add(`trigger ${name}`, `place ${place}`, ...(await programLines(source, 'TRIGGER', name)));
  }
  for (const { name, type } of await namesOf(source, routines)) {
    builder.add(`${type.toLowerCase()} ${name}`, ...(await programLines(source, type, name)));
  }
  for (const { name } of await namesOf(source, events))
    builder.add(`event ${name}`, ...(await programLines(source, 'EVENT', name)));
  return builder.build(kind);
}

const tables = 'SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = ?';
const routines =
  'SELECT routine_name AS name, routine_type AS type FROM information_schema.routines WHERE routine_schema = ?';
const events = 'SELECT event_name AS name FROM information_schema.events WHERE event_schema = ?';

// The place among the triggers of the same table and event: they run in this order.
const triggers = `SELECT trigger_name AS name, event_object_table AS type, action_order AS place
  FROM information_schema.triggers WHERE trigger_schema = ?`;

async function namesOf(source: Source, sql: string): Promise<{ name: string; type: string; place: string }[]> {
  const rows = await source.query(sql, [source.name]);
  return rows.map((row) => ({ name: String(row['name']), type: String(row['type']), place: String(row['place']) }));
}

async function readShowCreate(source: Source, what: string, name: string): Promise<Row> {
  const [row] = await source.query(`SHOW CREATE ${what} ${quoteName(source.kind, name)}`);
  if (!row) throw new Error(`SHOW CREATE ${what} ${name} gave nothing.`);
  return row;
}

async function showCreate(source: Source, what: string, name: string): Promise<string> {
  return statementOf(await readShowCreate(source, what, name));
}

async function programLines(source: Source, what: string, name: string): Promise<string[]> {
  const row = await readShowCreate(source, what, name);
  return [plainText(source, statementOf(row)), `sql_mode ${String(row['sql_mode'])}`];
}

function statementOf(row: Row): string {
  const column = Object.keys(row).find(
    (name) =>
      /^Create |^SQL Original Statement$/.test(name) && typeof row[name] === 'string' && /^CREATE/i.test(row[name]),
  );
  if (!column) throw new Error(`No statement in ${JSON.stringify(row)}: the account may not see it.`);
  return String(row[column]);
}

function readMysqlTokens(sql: string): Token[] {
  return readTokens(sql, { backslash: true, doubleQuoted: 'string', dropComments: false });
}

/** The text without the name of its database, which views and routines repeat. */
function plainText(source: Source, sql: string): string {
  const tokens = readMysqlTokens(sql);
  const own = quoteName(source.kind, source.name);
  return spell(
    tokens.filter(
      (token, index) =>
        !(token.text === own && (isSymbol(tokens[index + 1], '.') || isWord(tokens[index - 1], 'DATABASE'))) &&
        !(isSymbol(token, '.') && tokens[index - 1]?.text === own),
    ),
  );
}

function tableLines(kind: 'mysql' | 'mariadb', sql: string): string[] {
  const { head, body, tail } = splitAtParentheses(readMysqlTokens(sql));
  if (isWord(head[1], 'SEQUENCE')) return [spell(readMysqlTokens(sql))];
  const lines = [...splitTokens(body, ',').map(withoutName), ...optionLines(tail)];
  const table = head.slice(0, -1);
  return [...rewriteLines(kind, lines).map(spell), spell(table)];
}

/** An index or constraint without its name. */
function withoutName(part: readonly Token[]): readonly Token[] {
  if (isWord(part[0], 'CONSTRAINT')) return part.slice(2);
  const key = part.findIndex((token) => isWord(token, 'KEY'));
  const isIndex = key >= 0 && key <= 1 && part[0]?.kind === 'word';
  return isIndex && part[key + 1]?.kind === 'name' ? [...part.slice(0, key + 1), ...part.slice(key + 2)] : part;
}

/** The options of the table without its counter, and how it is partitioned. */
function optionLines(all: readonly Token[]): (readonly Token[])[] {
  // MySQL puts how a table is partitioned in a comment that it executes itself: /*!50100 … */.
  const tail = all.filter(({ kind, text }) => !(kind === 'symbol' && /^(?:\/\*!|\*\/)/.test(text)));
  const partition = tail.findIndex((token, index) => isWord(token, 'PARTITION') && isWord(tail[index + 1], 'BY'));
  const end = partition < 0 ? tail.length : partition;
  const counter = tail.findIndex((token) => isWord(token, 'AUTO_INCREMENT'));
  const options = tail.slice(0, end).filter((_, index) => counter < 0 || index < counter || index > counter + 2);
  const line: Token = { kind: 'word', text: 'OPTIONS', spaced: true };
  return [[line, ...options], ...(partition < 0 ? [] : [tail.slice(partition)])];
}
