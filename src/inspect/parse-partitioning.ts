import { identifierOf, type Lexis } from '../schema/expression.ts';
import type { Partitioning } from '../schema/schema.ts';
import {
  closingAt,
  isWord,
  placeTokens,
  splitAtCommas,
  stripParentheses,
  textOf,
  type PlacedToken,
} from './sql-text.ts';

/**
 * Takes MySQL's clause after PARTITION BY apart: `KEY(jail_id) PARTITIONS 16`,
 * `RANGE COLUMNS(day) (PARTITION old VALUES LESS THAN ('2020-01-01'), …)`. `undefined` for any other text.
 */
export function parsePartitioning(sql: string, lexis: Lexis): Partitioning | undefined {
  const tokens = placeTokens(sql.replace(/^\s*partition\s+by\s+/iu, ''), lexis);
  const text = sql.replace(/^\s*partition\s+by\s+/iu, '');
  const open = tokens.findIndex((token) => token.text === '(');
  const words = tokens.slice(0, Math.max(open, 0)).map((token) => token.text.toLowerCase());
  const method = methods.find((known) => words.join(' ') === known || words.join(' ').startsWith(`${known} algorithm`));
  if (open < 0 || method === undefined) return undefined;
  const close = closingAt(tokens, open);
  const by = textOf(text, tokens.slice(open + 1, close));
  return { method, by: stripParentheses(by, lexis), partitions: readPartitions(text, tokens.slice(close + 1), lexis) };
}

// Longest first.
const methods = ['linear hash', 'linear key', 'range columns', 'list columns', 'key', 'hash', 'range', 'list'] as const;

function readPartitions(sql: string, tokens: readonly PlacedToken[], lexis: Lexis): Partitioning['partitions'] {
  const count = tokens.findIndex((token) => isWord(token, 'partitions'));
  if (count >= 0) return Number(tokens[count + 1]?.text ?? 1);
  const open = tokens.findIndex((token) => token.text === '(');
  if (open < 0) return 1;
  return splitAtCommas(tokens.slice(open + 1, closingAt(tokens, open))).map((part) => readPartition(sql, part, lexis));
}

/** `PARTITION name VALUES LESS THAN (…)`, `… IN (…)`, `… LESS THAN MAXVALUE`; the bound is what stands in the parentheses. */
function readPartition(sql: string, tokens: readonly PlacedToken[], lexis: Lexis): { name: string; bound: string } {
  const name = (tokens[1] && identifierOf(tokens[1])) ?? '';
  const open = tokens.findIndex((token) => token.text === '(');
  if (open < 0) return { name, bound: isWord(tokens.at(-1), 'maxvalue') ? 'maxvalue' : '' };
  return { name, bound: stripParentheses(textOf(sql, tokens.slice(open, closingAt(tokens, open) + 1)), lexis) };
}
