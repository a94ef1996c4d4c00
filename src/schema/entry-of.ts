/**
 * The entry of a record under a name that comes from a database or a model. `record[name]` would find what every object
 * inherits where a table or column is called `constructor` or `__proto__`.
 */
export function entryOf<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
