import { identifierOf, type Lexis } from '../schema/expression.ts';
import { isSpace, readToken } from '../schema/read-token.ts';

/**
 * The offset in a statement of what an error names: `a`, or `t.a`. `first` is for what is missing, which is wrong wherever
 * it stands; `only` for what could be meant by several places, of which one is right.
 */
export function placeOfName(
  sql: string,
  name: string,
  given: { readonly lexis: Lexis; readonly of: 'first' | 'only' },
): number | undefined {
  const places = placesOf(sql, name.toLowerCase(), given.lexis);
  const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const found = places.length > 0 || last === '' ? places : placesOf(sql, last, given.lexis);
  return given.of === 'first' || found.length === 1 ? found[0] : undefined;
}

function placesOf(sql: string, name: string, lexis: Lexis): readonly number[] {
  const places: number[] = [];
  let chain = { start: 0, names: '' };
  for (let at = 0; at < sql.length;) {
    if (isSpace(sql.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readToken(sql, at, lexis);
    const part = identifierOf(token)?.toLowerCase();
    const isDot = token.text === '.';
    if (part !== undefined && chain.names.endsWith('.')) chain = { ...chain, names: chain.names + part };
    else if (isDot && chain.names !== '') chain = { ...chain, names: `${chain.names}.` };
    else if (token.kind !== 'comment') chain = { start: at, names: part ?? '' };
    if (part === name) places.push(at);
    else if (part !== undefined && chain.names === name) places.push(chain.start);
    at += token.text.length;
  }
  return places;
}
