import { closingAt, isWord, placeTokens, splitAtCommas, type PlacedToken } from './lexis.ts';

/** The key parts of a `create index` as they are written, without their direction, and its predicate. */
export interface ParsedIndex {
  readonly parts: readonly string[];
  readonly where?: string;
}

/** Parses a statement that SQLite itself accepted. */
export function parseCreateIndex(sql: string): ParsedIndex {
  const tokens = placeTokens(sql);
  // The name may be the word "on" only in quotes, so the first bare ON is the keyword.
  const on = tokens.findIndex((token) => isWord(token, 'on'));
  const open = tokens.findIndex(({ text }, at) => at > on && text === '(');
  const close = closingAt(tokens, open);
  const predicate = tokens[close + 1];
  return {
    parts: splitAtCommas(tokens.slice(open + 1, close)).map((part) => partText(sql, part)),
    ...(isWord(predicate, 'where') && predicate && { where: sql.slice(predicate.end).trim().replace(/;\s*$/u, '') }),
  };
}

function partText(sql: string, tokens: readonly PlacedToken[]): string {
  const kept = isWord(tokens.at(-1), 'asc', 'desc') ? tokens.slice(0, -1) : tokens;
  const [first, last] = [kept[0], kept.at(-1)];
  return first && last ? sql.slice(first.start, last.end) : '';
}
