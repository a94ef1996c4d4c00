import * as v from 'valibot';
import type { Json } from './options.ts';

/** An object with these keys and no others. */
export function strict<const Entries extends v.ObjectEntries>(entries: Entries): Strict<Entries> {
  return v.objectWithRest(entries, v.never());
}

type Strict<Entries extends v.ObjectEntries> = v.ObjectWithRestSchema<Entries, v.NeverSchema<undefined>, undefined>;

/** The same for each key. */
export function eachKey<const Key extends string, Item>(
  keys: readonly Key[],
  item: Item,
): { readonly [key in Key]: Item } {
  return Object.fromEntries(keys.map((key) => [key, item])) as { [key in Key]: Item };
}

/** An object whose keys are names. Valibot's own record would lose a table or column that is called `__proto__` or `constructor`. */
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

/** True for an object that is no list. */
export function isPlain(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** True for what JSON has a word for. */
export function isJson(data: unknown): data is Json {
  if (Array.isArray(data)) return data.every(isJson);
  if (isPlain(data)) return Object.values(data).every(isJson);
  return data === null || typeof data === 'string' || typeof data === 'boolean' || Number.isFinite(data);
}
