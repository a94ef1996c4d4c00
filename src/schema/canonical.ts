/** One spelling for plain data: keys sorted, `undefined` left out, no white space. Equal data gives equal bytes. */
export function canonicalJson(value: unknown): string {
  return textOf(value) as string;
}

/** The same of a record whose items have their own way to be written; what gives `undefined` is left out. */
export function canonicalRecord<T>(
  record: Readonly<Record<string, T>>,
  write: (item: T) => string | undefined,
): string {
  let text = '';
  for (const key of sortedKeys(record)) {
    const item = write(record[key] as T);
    if (item !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${item}`;
  }
  return `{${text}}`;
}

/** A writer of items that are met again and again: the text of each is kept as long as it is. */
export function remembering<T extends object>(write: (item: T) => string): (item: T) => string {
  const known = new WeakMap<T, string>();
  return (item) => {
    const before = known.get(item);
    if (before !== undefined) return before;
    const text = write(item);
    known.set(item, text);
    return text;
  };
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

/** `undefined` for what JSON has no word for. Written by hand: a sorted copy of each event would cost more than its text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item) ?? 'null').join(',')}]`;
  return canonicalRecord(value as PlainRecord, textOf);
}

function quoted(text: string): string {
  return text.length < 100 && plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** What JSON writes as it is. */
const plain = /^[\w .:()-]*$/u;

/** Keys by code units; those that are whole numbers come first and by their size, as objects keep them. */
export function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  if (keys.length < 2) return keys;
  if (keys.length < many) return isIndex(keys[0] ?? '') ? inOrder(keys) : insertInOrder(keys);
  if (last?.keys.length !== keys.length || keys.some((key, at) => key !== last?.keys[at]))
    last = { keys, sorted: inOrder([...keys]) };
  return last.sorted;
}

/** Long records come one behind the other with the same keys, as the tables of a schema do with each change. */
const many = 20;
let last: { readonly keys: readonly string[]; readonly sorted: readonly string[] } | undefined;

function inOrder(keys: string[]): readonly string[] {
  // Such keys come first as it is, so that one look tells whether there are any.
  const numbers = isIndex(keys[0] ?? '') ? keys.filter(isIndex) : [];
  if (numbers.length === 0) return keys.sort();
  return [...numbers, ...keys.slice(numbers.length).sort()];
}

/** Sorts few keys in their place: `sort` makes copies, which for records of a handful of keys is most of its work. */
function insertInOrder(keys: string[]): readonly string[] {
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string;
    let place = at;
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1) keys[place] = keys[place - 1] as string;
    keys[place] = key;
  }
  return keys;
}

function isIndex(key: string): boolean {
  const first = key.codePointAt(0) ?? 0;
  return first >= 48 && first <= 57 && key === String(Number(key) >>> 0) && key !== '4294967295';
}
