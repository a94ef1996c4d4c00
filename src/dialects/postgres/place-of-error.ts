import { faultIn } from '../fault-in.ts';
import { placeOfName } from '../place-of-name.ts';
import { lexis } from './traits.ts';

/**
 * The offset that the server tells (its `position` counts characters from 1); for a statement within a body that of its
 * text; else that of the first name in the message, where the error is about a name (class 42 of the manual's appendix A).
 */
export function placeOfError(error: unknown, sql: string): number | undefined {
  const fault = faultIn(error, 'code');
  if (!fault) return undefined;
  if (fault['position'] !== undefined) return offsetOf(sql, Number(fault['position']));
  return placeInBody(fault, sql) ?? placeOfNamed(fault, sql);
}

function offsetOf(text: string, position: number): number | undefined {
  if (!Number.isSafeInteger(position) || position < 1) return undefined;
  let offset = 0;
  for (let left = position - 1; left > 0 && offset < text.length; left -= 1)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

function placeInBody({ internalQuery, internalPosition }: Fault, sql: string): number | undefined {
  if (typeof internalQuery !== 'string' || internalQuery === '') return undefined;
  const start = sql.indexOf(internalQuery);
  const within = offsetOf(internalQuery, Number(internalPosition));
  return start < 0 || within === undefined || sql.includes(internalQuery, start + 1) ? undefined : start + within;
}

function placeOfNamed({ code, message }: Fault, sql: string): number | undefined {
  const [, name] = /"([^"]+)"/u.exec(String(message)) ?? [];
  if (name === undefined || !String(code).startsWith('42')) return undefined;
  return placeOfName(sql, name, { lexis, of: isTwice.has(String(code)) ? 'only' : 'first' });
}

type Fault = Readonly<Record<string, unknown>>;

/** duplicate_column, duplicate_object: one of the places where the name stands is right. */
const isTwice: ReadonlySet<string> = new Set(['42701', '42710']);
