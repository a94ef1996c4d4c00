import type { Types } from './dialect.ts';

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

/** The same for defaults: plain data go in and come out. */
export function rememberDefaults(answer: Types['canonicalDefault']): Types['canonicalDefault'] {
  const known = remember((text) => answer(...(JSON.parse(text) as Parameters<Types['canonicalDefault']>)));
  return (type, value) => known(JSON.stringify([type, value]));
}

/** Texts; a schema with more different ones is worked out again in parts. */
const limit = 5000;
