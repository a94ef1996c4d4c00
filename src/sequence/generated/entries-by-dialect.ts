import { isSameData } from '../../schema/canonical.ts';
import { fallbackOf, type DialectName } from '../../schema/sql-by-dialect.ts';

/** What a file has to say of each database: what falls back to another's, or is `nothing`, goes without saying. */
export function entriesByDialect<T>(
  values: ReadonlyMap<DialectName, T>,
  nothing: T,
): readonly (readonly [DialectName, T])[] {
  const goesWithoutSaying = (name: DialectName, value: T): boolean => {
    const fallback = fallbackOf(name);
    return isSameData(value, (fallback && values.get(fallback)) ?? nothing);
  };
  const said = [...values].filter(([name, value]) => !goesWithoutSaying(name, value));
  return said.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
