/** One spelling for plain data: keys sorted, `undefined` left out, no white space. Equal data gives equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** True when two pieces of plain data are the same, whatever the order of their keys. */
export function isSameData(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  // A null prototype keeps a column named __proto__ a plain key.
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, item] of entries) result[key] = sorted(item);
  return result;
}
