/**
 * Things by their names. The record has no prototype: a table may be called `__proto__`, and a thousand names go in
 * without a new object shape for each.
 */
export function recordOf<T extends { readonly name: string }>(items: Iterable<T>): Record<string, T> {
  const record = Object.create(null) as Record<string, T>;
  for (const item of items) record[item.name] = item;
  return record;
}
