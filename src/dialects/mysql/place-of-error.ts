import { faultIn, textOf } from '../fault-in.ts';
import { placeOfName } from '../place-of-name.ts';
import { lexis } from './quote.ts';

/** The offset of what the message quotes: the rest of the statement (`near '…' at line 2`), or a name that is wrong. */
export function placeOfError(error: unknown, sql: string): number | undefined {
  const fault = faultIn(error, 'errno');
  const message = textOf(fault?.['sqlMessage']) || textOf(fault?.['message']);
  const number = Number(fault?.['errno']);
  if (number === syntaxError) return placeOfRest(message, sql);
  const of = names.get(number);
  const [, name] =
    /['`]([^'`]+)['`]/u.exec(message.replace(/^Can't /u, '')) ?? /^\w+ (\S+) does not exist/u.exec(message) ?? [];
  return of && name !== undefined ? placeOfName(sql, name, { lexis, of }) : undefined;
}

const syntaxError = 1064;

/** ER_… of both servers whose message begins with the name of what is missing, or of what is there twice. */
const names: ReadonlyMap<number, 'first' | 'only'> = new Map([
  [1050, 'first'],
  [1051, 'first'],
  [1054, 'first'],
  [1060, 'only'],
  [1061, 'only'],
  [1072, 'first'],
  [1091, 'first'],
  [1146, 'first'],
  [1305, 'first'],
]);

/** The servers quote some 80 bytes (MariaDB with dots after them), in a character set that does not have every character. */
function placeOfRest(message: string, sql: string): number | undefined {
  const [, rest = '', line] = /near '(.*)' at line (\d+)$/su.exec(message) ?? [];
  if (line === undefined) return undefined;
  const start = startOfLine(sql, Number(line));
  if (start === undefined) return undefined;
  const whole = patternOf(rest);
  const found = [`${whole}$`, whole.replace(/(?:\\\.){3}$/u, '')].map((source) => searchFrom(sql, source, start));
  const onLine = found.find((at) => at >= start && !sql.slice(start, at).includes('\n'));
  if (onLine !== undefined) return onLine;
  return start + (/^\s*/u.exec(sql.slice(start, start + 1000))?.[0].length ?? 0);
}

/** A question mark stands for a character that the message cannot hold. */
function patternOf(rest: string): string {
  return rest.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, (char) => (char === '?' ? '[^]' : `\\${char}`));
}

function searchFrom(sql: string, source: string, start: number): number {
  const pattern = new RegExp(source, 'gu');
  pattern.lastIndex = start;
  return pattern.exec(sql)?.index ?? -1;
}

function startOfLine(sql: string, line: number): number | undefined {
  let start = 0;
  for (let left = line - 1; left > 0; left -= 1) {
    const end = sql.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  return start;
}
