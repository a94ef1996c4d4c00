import { placeTokens } from '../schema/expression.ts';
import type { Dialect } from './dialect.ts';

/** A statement whose parameters are `?` as the database takes them: numbered on some. One with numbers stays as it is. */
export function numberParameters(sql: string, { traits, lexis }: Pick<Dialect, 'traits' | 'lexis'>): string {
  if (!traits.numbersParameters || /\$\d/u.test(sql)) return sql;
  let result = '';
  let [end, count] = [0, 0];
  for (const { text, start } of placeTokens(sql, lexis)) {
    if (text !== '?') continue;
    count += 1;
    result += `${sql.slice(end, start)}$${count}`;
    end = start + 1;
  }
  return result + sql.slice(end);
}
