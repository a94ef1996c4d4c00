import type { Lexis } from '../../schema/expression.ts';

/** Quotes of MySQL and MariaDB without ANSI_QUOTES and NO_BACKSLASH_ESCAPES, as every session is prepared. */
export const lexis: Lexis = {
  identifierQuotes: '`',
  stringQuotes: '"',
  backslashEscapes: true,
  dollarQuotes: false,
  hashComments: true,
  executableComments: true,
  bodies: { of: ['trigger', 'procedure', 'function', 'event'], style: 'blocks' },
};

/** A name as an identifier. */
export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** An account as the catalogs write it, `user@host` (MariaDB: a role is `role@`), as SQL takes it. */
export function quoteAccount(account: string): string {
  const at = account.lastIndexOf('@');
  const host = at < 0 ? '' : account.slice(at + 1);
  return host === ''
    ? quote(account.slice(0, at < 0 ? undefined : at))
    : `${quote(account.slice(0, at))}@${quote(host)}`;
}

/** A value as a literal; booleans are 1 and 0. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll(/[\0\n\r\u001a'\\]/gu, (char) => escapes[char] ?? char)}'`;
}

/** The text that a quoted string means; a backslash before `%` and `_` stays, as both servers have it. */
export function unquoteString(token: string): string {
  const mark = token.charAt(0);
  const pattern = new RegExp(`\\\\([\\s\\S])|${mark}${mark}`, 'gu');
  return token.slice(1, -1).replaceAll(pattern, (found, escaped: string | undefined) => {
    if (escaped === undefined) return mark;
    return escaped === '%' || escaped === '_' ? found : (meanings[escaped] ?? escaped);
  });
}

/** An expression of MySQL's catalog as SQL: without the escaping around the whole of it (its C++ `String::print`). */
export function unescapeCatalogText(text: string): string {
  return joinBytes(text).replaceAll(/\\([\s\S])/gu, (_, escaped: string) => meanings[escaped] ?? escaped);
}

/** MySQL answers each byte of such a text as a character of its own: `ü` reads `Ã¼`. */
function joinBytes(text: string): string {
  if (!/[\u0080-\u00ff]/u.test(text) || /[^\u0000-\u00ff]/u.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\u001a': '\\Z',
  "'": "''",
  '\\': '\\\\',
};
const meanings: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', t: '\t', b: '\b', Z: '\u001a' };
