import { identifierOf, type Lexis } from '../schema/expression.ts';
import type { Index, IndexPart } from '../schema/schema.ts';
import {
  closingAt,
  isWord,
  placeTokens,
  splitAtCommas,
  stripParentheses,
  textOf,
  type PlacedToken,
} from './sql-text.ts';

export interface ParseIndexOptions {
  readonly lexis: Lexis;
  /** The table's columns: a bare word that is none of them is an expression. */
  readonly columns: readonly string[];
  /** NULL comes first where a part says nothing (`asc`). */
  readonly nullsSortLowest: boolean;
}

/**
 * Takes a whole `create index` statement apart (or `alter table … add index`), as MikroORM hands over an index that is an
 * expression. `undefined` for any other text.
 */
export function parseCreateIndex(sql: string, options: ParseIndexOptions): Omit<Index, 'name'> | undefined {
  const tokens = placeTokens(sql, options.lexis);
  const head = readHead(tokens);
  if (!head) return undefined;
  const close = closingAt(tokens, head.open);
  const clauses = readClauses(sql, tokens, close + 1, options.lexis);
  const method = clauses.method ?? head.method;
  return {
    parts: splitAtCommas(tokens.slice(head.open + 1, close)).map((part) => readPart(sql, part, options)),
    unique: head.unique,
    ...(clauses.where !== undefined && { where: clauses.where }),
    ...(method !== undefined && method !== 'btree' && { method }),
    ...(clauses.include && { include: clauses.include }),
    ...(clauses.nullsNotDistinct && { nullsNotDistinct: true as const }),
    ...(clauses.invisible && { invisible: true as const }),
    ...(clauses.comment !== undefined && { comment: clauses.comment }),
  };
}

/** Up to the parenthesis that opens the parts. */
function readHead(tokens: readonly PlacedToken[]): { open: number; unique: boolean; method?: string } | undefined {
  const index = tokens.findIndex((token) => isWord(token, 'index', 'key'));
  const before = tokens.slice(0, Math.max(index, 0));
  if (index < 0 || !isWord(tokens[0], 'create', 'alter')) return undefined;
  const open = tokens.findIndex(({ kind, text }, at) => at > index && kind === 'symbol' && text === '(');
  if (open < 0) return undefined;
  const using = tokens.findIndex((token, at) => at > index && at < open && isWord(token, 'using'));
  const kind = before.find((token) => isWord(token, 'fulltext', 'spatial'))?.text.toLowerCase();
  const method = kind ?? (using < 0 ? undefined : tokens[using + 1]?.text.toLowerCase());
  return { open, unique: before.some((token) => isWord(token, 'unique')), ...(method !== undefined && { method }) };
}

interface Clauses {
  where?: string;
  method?: string;
  include?: readonly string[];
  nullsNotDistinct?: true;
  invisible?: true;
  comment?: string;
}

/** What follows the parts. */
function readClauses(sql: string, tokens: readonly PlacedToken[], from: number, lexis: Lexis): Clauses {
  const clauses: Clauses = {};
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (isWord(token, 'where') && token) {
      const text = sql.slice(token.end).trim().replace(/;$/u, '');
      return { ...clauses, where: stripParentheses(text, lexis) };
    }
    if (isWord(token, 'include') && tokens[at + 1]?.text === '(')
      clauses.include = namesIn(tokens.slice(at + 2, closingAt(tokens, at + 1)));
    if (isWord(token, 'using')) clauses.method = tokens[at + 1]?.text.toLowerCase() ?? '';
    if (isWord(token, 'nulls') && isWord(tokens[at + 1], 'not')) clauses.nullsNotDistinct = true;
    if (isWord(token, 'invisible', 'ignored')) clauses.invisible = true;
    if (isWord(token, 'comment')) clauses.comment = tokens[at + 1]?.text.slice(1, -1).replaceAll("''", "'") ?? '';
    if (token?.text === '(') at = closingAt(tokens, at);
  }
  return clauses;
}

function namesIn(tokens: readonly PlacedToken[]): readonly string[] {
  return splitAtCommas(tokens).map(([token]) => (token && identifierOf(token)) ?? '');
}

/** `column or expression [(length)] [collate …] [operator class] [asc | desc] [nulls first | last]`. */
function readPart(sql: string, tokens: readonly PlacedToken[], options: ParseIndexOptions): IndexPart {
  let rest = tokens;
  const nulls = isWord(rest.at(-2), 'nulls') ? rest.at(-1)?.text.toLowerCase() : undefined;
  if (nulls !== undefined) rest = rest.slice(0, -2);
  const direction = isWord(rest.at(-1), 'asc', 'desc') && rest.length > 1 ? rest.at(-1)?.text.toLowerCase() : undefined;
  if (direction !== undefined) rest = rest.slice(0, -1);
  const end = endOfKey(rest);
  const suffix = rest.slice(end);
  const descending = direction === 'desc';
  return {
    ...readKey(sql, rest.slice(0, end), options),
    ...(descending && { descending: true as const }),
    ...nullsPlace(nulls, descending, options.nullsSortLowest),
    ...readSuffix(sql, suffix),
  };
}

/** Where the key itself ends: after its parentheses, before `collate` or an operator class. */
function endOfKey(tokens: readonly PlacedToken[]): number {
  if (tokens[0]?.text === '(') return closingAt(tokens, 0) + 1;
  if (tokens[1]?.text === '(') return closingAt(tokens, 1) + 1;
  return Math.min(1, tokens.length);
}

function readKey(sql: string, tokens: readonly PlacedToken[], { lexis, columns }: ParseIndexOptions): IndexPart {
  const column = tokens[0] && columnNamed(tokens[0], columns);
  if (column !== undefined && tokens.length === 1) return { column };
  // A prefix of a column; a function of a bare number would index nothing.
  if (column !== undefined && tokens.length === 4 && tokens[2]?.kind === 'number')
    return { column, length: Number(tokens[2].text) };
  return { expression: stripParentheses(textOf(sql, tokens), lexis) };
}

/** A quoted name means itself; a bare one means the column whatever its case. */
function columnNamed(token: PlacedToken, columns: readonly string[]): string | undefined {
  const name = identifierOf(token);
  if (name === undefined) return undefined;
  if (columns.includes(name)) return name;
  return token.kind === 'word' ? columns.find((column) => column.toLowerCase() === name.toLowerCase()) : undefined;
}

function readSuffix(sql: string, tokens: readonly PlacedToken[]): Pick<IndexPart, 'collation' | 'operatorClass'> {
  const collate = tokens.findIndex((token) => isWord(token, 'collate'));
  const name = collate < 0 ? undefined : tokens[collate + 1];
  const rest = collate < 0 ? tokens : tokens.slice(collate + 2);
  return {
    ...(name && { collation: identifierOf(name) ?? name.text }),
    ...(rest.length > 0 && { operatorClass: textOf(sql, rest) }),
  };
}

/** Only where it is not what the direction brings by itself. */
export function nullsPlace(
  nulls: string | undefined,
  descending: boolean,
  nullsSortLowest: boolean,
): Pick<IndexPart, 'nulls'> {
  const usual = descending === nullsSortLowest ? 'last' : 'first';
  const place = nulls?.toLowerCase();
  return (place === 'first' || place === 'last') && place !== usual ? { nulls: place } : {};
}
