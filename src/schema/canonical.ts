/** One spelling for plain data: keys sorted, `undefined` left out, no white space. Equal data gives equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** True when two pieces of plain data are the same, whatever the order of their keys. */
export function isSameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) return isSameList(a, b);
  return !Array.isArray(a) && !Array.isArray(b) && isSameRecord(a as PlainRecord, b as PlainRecord);
}

type PlainRecord = Readonly<Record<string, unknown>>;

/** JSON says null where a list has a hole. */
function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => isSameData(item ?? null, b[at] ?? null));
}

function isSameRecord(a: PlainRecord, b: PlainRecord): boolean {
  let keys = 0;
  for (const key of Object.keys(a)) {
    if (a[key] === undefined) continue;
    if (!Object.hasOwn(b, key) || !isSameData(a[key], b[key])) return false;
    keys += 1;
  }
  return Object.keys(b).reduce((left, key) => (b[key] === undefined ? left : left - 1), keys) === 0;
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
