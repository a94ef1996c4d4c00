import { placeOfName } from '../place-of-name.ts';
import { faultIn, textOf } from '../fault-in.ts';
import { lexis, placeTokens } from './lexis.ts';

/** The offset of what the message names. It tells no position, so a token that stands there twice has none. */
export function placeOfError(error: unknown, sql: string): number | undefined {
  const message = textOf(faultIn(error, 'code')?.['message']);
  if (message === 'incomplete input') return sql.length;
  const [, token] = /^near "(.*)": syntax error$/su.exec(message) ?? [];
  if (token !== undefined) return placeOfToken(sql, token);
  const [, unrecognized] = /^unrecognized token: "(.*)"$/su.exec(message) ?? [];
  if (unrecognized !== undefined) return onlyOne(sql, unrecognized);
  return placeOfNamed(message, sql);
}

function placeOfToken(sql: string, text: string): number | undefined {
  const found = placeTokens(sql).filter((token) => token.text === text);
  return found.length === 1 ? found[0]?.start : undefined;
}

function onlyOne(sql: string, text: string): number | undefined {
  const at = sql.indexOf(text);
  return at < 0 || sql.includes(text, at + 1) ? undefined : at;
}

function placeOfNamed(message: string, sql: string): number | undefined {
  for (const { pattern, of } of patterns) {
    const [, name] = pattern.exec(message) ?? [];
    if (name !== undefined) return placeOfName(sql, name.replace(/^"(.*)"$/su, '$1'), { lexis, of });
  }
  return undefined;
}

const patterns: readonly { readonly pattern: RegExp; readonly of: 'first' | 'only' }[] = [
  { pattern: /^no such \w+: (.+)$/su, of: 'first' },
  { pattern: /has no column named (.+)$/su, of: 'first' },
  { pattern: /^(?:table|index|view|trigger) (.+) already exists$/su, of: 'first' },
  { pattern: /^duplicate column name: (.+)$/su, of: 'only' },
];
