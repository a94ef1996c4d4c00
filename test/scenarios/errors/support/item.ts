import { defineEntity, p } from '@mikro-orm/core';
import type { OrmOptions } from '../../../../src/config/target.ts';

type Properties = Parameters<typeof defineEntity>[0] extends infer Meta
  ? Meta extends { properties: infer Found }
    ? Found
    : never
  : never;
export type More = Record<string, unknown>;

/** One table `item` with a key, a name, and what a test adds. */
export function item(more: More = {}, rest: More = {}): OrmOptions {
  const properties = {
    id: p.integer().primary(),
    name: p.string().length(50).nullable(),
    ...more,
  } as unknown as Properties;
  return { entities: [defineEntity({ name: 'Item', tableName: 'item', properties, ...rest } as never)] };
}
