import type * as Core from '@mikro-orm/core';

/**
 * `count` tables of ten columns: defaults, two indexes, a unique key, and for two of three tables a foreign key to an
 * earlier one. Nothing in them is a difference to either tool once it has created them itself. `core` is the copy of
 * MikroORM that the measured tool uses.
 */
export function buildEntities(
  count: number,
  { defineEntity, p }: Pick<typeof Core, 'defineEntity' | 'p'>,
): Core.EntitySchema[] {
  const entities: Core.EntitySchema[] = [];
  for (let at = 0; at < count; at += 1) {
    const parent = at % 3 === 0 ? undefined : entities[Math.floor(at / 2)];
    const tableName = `table_${String(at).padStart(4, '0')}`;
    entities.push(
      defineEntity({
        name: `Table${at}`,
        tableName,
        properties: {
          id: p.integer().primary().autoincrement(),
          code: p.string().length(40).unique(`${tableName}_code_unique`),
          title: p.string().length(200).default('none'),
          note: p.text().nullable(),
          amount: p.decimal().precision(12).scale(2),
          position: p.integer().default(0).index(`${tableName}_position_index`),
          isActive: p.boolean().default(true),
          startsOn: p.date().nullable(),
          createdAt: p.datetime().length(0).defaultRaw('current_timestamp'),
          ...(parent
            ? { parent: () => p.manyToOne(parent).index(`${tableName}_parent_index`).nullable() }
            : { size: p.integer().nullable().index(`${tableName}_size_index`) }),
        },
      }),
    );
  }
  return entities;
}
