/**
 * A table of the default namespace is keyed by its bare name. One of another namespace (a PostgreSQL schema) is keyed
 * `"namespace"."name"`, quotes doubled, which no bare name of a model can be mistaken for.
 */
export function tableKey(name: string, namespace?: string): string {
  const looksQualified = qualified.test(name);
  if (namespace === undefined && !looksQualified) return name;
  return `"${double(namespace ?? '')}"."${double(name)}"`;
}

/** The parts of a table key; `namespace` is absent for the default one. */
export function parseTableKey(key: string): { readonly name: string; readonly namespace?: string } {
  const match = qualified.exec(key);
  if (!match) return { name: key };
  const namespace = undouble(match[1] ?? '');
  const name = undouble(match[2] ?? '');
  return namespace === '' ? { name } : { name, namespace };
}

/** A table's name as people write it. */
export function displayTable(key: string): string {
  const { name, namespace } = parseTableKey(key);
  return namespace === undefined ? name : `${namespace}.${name}`;
}

/** True for text that no database takes as a name: empty, or with a NUL. */
export function isForbiddenName(name: string): boolean {
  return name === '' || name.includes('\u0000');
}

/** A name with a suffix, cut so that every database takes it: at most 63 bytes. */
export function withSuffix(name: string, suffix: string): string {
  let kept = [...name];
  while (Buffer.byteLength(kept.join('') + suffix) > 63) kept = kept.slice(0, -1);
  return kept.join('') + suffix;
}

const qualified = /^"((?:[^"]|"")*)"\."((?:[^"]|"")*)"$/;
const double = (text: string): string => text.replaceAll('"', '""');
const undouble = (text: string): string => text.replaceAll('""', '"');
