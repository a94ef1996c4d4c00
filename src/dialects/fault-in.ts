/** The first error in a chain of causes that has the field, as a record; `undefined` where none has. */
export function faultIn(error: unknown, field: string): Readonly<Record<string, unknown>> | undefined {
  for (let [at, depth] = [error, 0]; typeof at === 'object' && at !== null && depth < 8; depth += 1) {
    const fault = at as Readonly<Record<string, unknown>>;
    if (fault[field] !== undefined) return fault;
    at = fault['cause'];
  }
  return undefined;
}

/** The text that a field of an error holds; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
