/** Two lists matched as multisets: same name first, then by `preference` and name. What is left over on either side. */
export function matchMultisets<T extends { readonly name: string }>(
  wanted: readonly T[],
  found: readonly T[],
  isSame: (wanted: T, found: T) => boolean,
  preference: (a: T, b: T) => number = () => 0,
): { readonly missing: T[]; readonly surplus: T[]; readonly pairs: [T, T][] } {
  const surplus = found.toSorted((a, b) => preference(a, b) || (a.name < b.name ? -1 : 1));
  const pairs: [T, T][] = [];
  const take = (item: T, candidates: (other: T) => boolean): boolean => {
    const at = surplus.findIndex((other) => candidates(other) && isSame(item, other));
    if (at < 0) return false;
    pairs.push([item, ...surplus.splice(at, 1)] as [T, T]);
    return true;
  };
  const unnamed = wanted.filter((item) => !take(item, (other) => other.name === item.name));
  const missing = unnamed.filter((item) => !take(item, () => true));
  return { missing, surplus, pairs };
}
