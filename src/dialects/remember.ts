/**
 * The answer to a text, worked out once: a catalog repeats a few types and expressions thousands of times. Everybody gets
 * the same object, so it must be data that nobody changes.
 */
export function remember<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= limit) known.clear();
    const fresh = answer(text);
    known.set(text, fresh);
    return fresh;
  };
}

/** Texts; a schema with more different ones is worked out again in parts. */
const limit = 5000;
