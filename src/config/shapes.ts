import * as v from 'valibot';

/** What JSON has a word for. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const notAnObject = v.custom<never>(() => false, 'must be an object');

/** An object with these keys and no others. Valibot's own says only the first unknown key, and passes over `constructor`. */
export function strict<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<
  v.InferInput<v.ObjectSchema<Entries, undefined>>,
  v.InferOutput<v.ObjectSchema<Entries, undefined>>
> {
  return v.lazy((given) => {
    if (!isPlain(given)) return notAnObject;
    const unknown = Object.keys(given).filter((key) => !Object.hasOwn(entries, key));
    return v.object({ ...entries, ...eachKey(unknown, v.never()) });
  });
}

/** The same for each key. */
export function eachKey<const Key extends string, Item>(
  keys: readonly Key[],
  item: Item,
): { readonly [key in Key]: Item } {
  return Object.fromEntries(keys.map((key) => [key, item])) as { [key in Key]: Item };
}

/** An object whose keys are names. Valibot's own would lose a table or column that is called `__proto__` or `constructor`. */
export function recordOf<Item>(
  item: v.GenericSchema<unknown, Item>,
): v.GenericSchema<Readonly<Record<string, unknown>>, Readonly<Record<string, Item>>> {
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isPlain, 'must be an object'),
    v.transform((record) => Object.entries(record)),
    v.array(v.tuple([v.string(), item])),
    v.transform((entries) => Object.fromEntries(entries)),
  );
}

/** True for an object of keys and values alone: no list, map, date or promise. It may come from another realm. */
export function isPlain(data: unknown): data is Record<string, unknown> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** True for what JSON has a word for, and an end. */
export function isJson(data: unknown, around: readonly unknown[] = []): data is Json {
  if (around.includes(data)) return false;
  const isPart = (part: unknown): boolean => isJson(part, [...around, data]);
  if (Array.isArray(data)) return Array.from<unknown>(data).every(isPart);
  if (isPlain(data)) return Object.values(data).every(isPart);
  return data === null || typeof data === 'string' || typeof data === 'boolean' || Number.isFinite(data);
}
