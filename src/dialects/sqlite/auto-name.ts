const prefix = 'sqlite_auto';

/** A name for a constraint that has none; the same for the same content, and distinct within `taken`, which it joins. */
export function autoName(what: 'check' | 'foreignkey' | 'index', content: string, taken: Set<string>): string {
  const base = `${prefix}${what}_${content}`;
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
  taken.add(name);
  return name;
}

/** True for a name that we or SQLite gave to what has none; it is not written. */
export function isAutoName(name: string): boolean {
  return name.startsWith(prefix);
}
