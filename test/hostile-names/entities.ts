import { defineEntity, p, type EntitySchema } from '@mikro-orm/core';
import type { DatabaseKind } from '../support/databases.ts';
import { inheritedNames, namesFor, prefixed, tableNamesFor } from './names.ts';

/** Which of two forms the models have: as first made, or with a new column and another default. */
export type Form = 'first' | 'changed';

type Definition = Parameters<typeof defineEntity>[0];
const entity = (definition: object): EntitySchema => defineEntity(definition as Definition) as never;

/** A table of the name, with a column, a default and comments of the name. */
export function tablesAndColumns(kind: DatabaseKind, form: Form): readonly EntitySchema[] {
  const columns = new Set(namesFor(kind, 'column'));
  return tableNamesFor(kind).map((name, at) =>
    entity({
      name: `T${at}`,
      tableName: name,
      // Without a schema MikroORM takes what stands before a point for one.
      ...(kind === 'postgresql' && { schema: 'public' }),
      comment: textOf(kind, name),
      properties: {
        id: p.integer().primary().fieldName('id'),
        value: p
          .string()
          .length(100)
          .fieldName(columns.has(name) && name !== 'id' ? name : `column ${at}`)
          .default(form === 'first' ? textOf(kind, name) : `changed ${textOf(kind, name)}`)
          .comment(textOf(kind, name)),
        ...(form === 'changed' && { added: p.integer().fieldName(`added ${at}`).nullable() }),
      },
    }),
  );
}

/** Columns of names that no table can have. */
export function columnsOnly(kind: DatabaseKind, form: Form): readonly EntitySchema[] {
  const tables = new Set(tableNamesFor(kind));
  const names = namesFor(kind, 'column').filter((name) => !tables.has(name));
  if (names.length === 0) return [];
  const values = names.map((name, at) => [
    `value${at}`,
    p
      .string()
      .length(100)
      .fieldName(name)
      .default(form === 'first' ? textOf(kind, name) : 'changed'),
  ]);
  return [
    entity({
      name: 'Columns',
      tableName: 'columns of odd names',
      properties: { id: p.integer().primary(), ...Object.fromEntries(values) },
    }),
  ];
}

/** Columns that come later, and that every object of JavaScript seems to have already. */
export function lateColumns(form: Form): readonly EntitySchema[] {
  const late = inheritedNames.map((name, at) => [`late${at}`, p.integer().fieldName(name).nullable()] as const);
  const properties = { id: p.integer().primary(), ...(form === 'changed' && Object.fromEntries(late)) };
  return [entity({ name: 'Late', tableName: 'columns that come later', properties })];
}

const perTable = 10;

/** Tables whose indexes, unique constraints, foreign keys and checks have the names, ten of each in one table. */
export function indexesAndConstraints(kind: DatabaseKind, form: Form): readonly EntitySchema[] {
  const parent = entity({ name: 'Parent', tableName: 'p', properties: { id: p.integer().primary() } });
  const indexes = new Set(namesFor(kind, 'index'));
  const constraints = new Set(namesFor(kind, 'constraint'));
  const names = [...new Set([...indexes, ...constraints])];
  const tables = Array.from({ length: Math.ceil(names.length / perTable) }, (_, at) =>
    names.slice(at * perTable, (at + 1) * perTable),
  );
  const children = tables.map((own, table) => {
    const pairs = own.map((name, at) => ({
      name,
      index: indexes.has(name) ? name : `index ${table} ${at}`,
      constraint: constraints.has(name) ? name : `constraint ${table} ${at}`,
      at,
    }));
    return entity({
      name: `C${table}`,
      tableName: `c${table}`,
      properties: {
        id: p.integer().primary(),
        b: p.integer().nullable(),
        ...Object.fromEntries(pairs.map(({ at }) => [`a${at}`, p.integer().default(form === 'first' ? 1 : 2)])),
        ...Object.fromEntries(
          pairs.map(({ at, constraint }) => [
            `p${at}`,
            () =>
              p
                .manyToOne(parent as never)
                .joinColumn(`p${at}`)
                .foreignKeyName(constraint)
                .nullable(),
          ]),
        ),
        ...(form === 'changed' && { added: p.integer().nullable() }),
      },
      indexes: pairs.map(({ at, index }) => ({ name: index, properties: [`a${at}`, 'b'] })),
      uniques: pairs.map(({ at, index }) => ({ name: prefixed('u', index), properties: ['b', `a${at}`] })),
      checks: pairs.map(({ at, constraint }) => ({ name: prefixed('c', constraint), expression: `a${at} < 100` })),
    });
  });
  return [parent, ...children];
}

/** The name as a comment and default; without what the catalogs of MySQL and MariaDB cannot give back. */
function textOf(kind: DatabaseKind, name: string): string {
  return kind === 'mysql' || kind === 'mariadb' ? name.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '') : name;
}
