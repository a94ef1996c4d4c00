import { defineEntity, IntegerType, p, raw, Type, type EntityProperty, type Platform } from '@mikro-orm/core';
import { MariaDbDriver } from '@mikro-orm/mariadb';
import { MySqlDriver } from '@mikro-orm/mysql';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { BaseMySqlPlatform, BasePostgreSqlPlatform } from '@mikro-orm/sql';
import { fileURLToPath } from 'node:url';
import { buildOrm, type Orm } from '../../../src/config/build-orm.ts';
import type { OrmOptions } from '../../../src/config/target.ts';
import type { DialectName } from '../../../src/schema/sql-by-dialect.ts';

const drivers = {
  sqlite: SqliteDriver,
  postgresql: PostgreSqlDriver,
  mysql: MySqlDriver,
  mariadb: MariaDbDriver,
} as const;

/** MikroORM over these entities for one database, not connected. */
export function ormFor(dialect: DialectName, entities: readonly unknown[], options: OrmOptions = {}): Promise<Orm> {
  const file = fileURLToPath(new URL('../../../mikro-orm.config.ts', import.meta.url));
  return buildOrm(
    { driver: drivers[dialect], dbName: 'unused', entities: [...entities] as never, ...options },
    { file, version: '7.2.1' },
  );
}

/** A type of the user's own: not one of MikroORM's. */
class Money extends Type<string, string> {
  override getColumnType(_property: EntityProperty, platform: Platform): string {
    return platform instanceof BasePostgreSqlPlatform ? 'numeric(12,4)' : 'decimal(12,4)';
  }
}

/** A type of the user's own that extends one of MikroORM's. */
class Small extends IntegerType {
  override getColumnType(_property: EntityProperty, platform: Platform): string {
    return platform instanceof BaseMySqlPlatform ? 'smallint unsigned' : 'smallint';
  }
}

/** A column of every built-in type. */
const AllTypes = defineEntity({
  name: 'AllTypes',
  tableName: 'all_types',
  comment: "types' table",
  properties: {
    id: p.bigint().primary().autoincrement(),
    str: p.string(),
    str20: p.string().length(20).comment("it's short"),
    explicit: p.string().columnType('varchar(30)'),
    chr: p.character().length(3),
    txt: p.text().nullable(),
    tiny: p.tinyint(),
    small: p.smallint(),
    medium: p.mediumint(),
    int: p.integer(),
    unsigned: p.integer().unsigned(),
    big: p.bigint(),
    flt: p.float(),
    dbl: p.double(),
    dec: p.decimal().precision(12).scale(3),
    bool: p.boolean(),
    day: p.date(),
    moment: p.datetime(),
    moment3: p.datetime().length(3),
    clock: p.time(),
    uid: p.uuid(),
    doc: p.json(),
    buf: p.blob(),
    bytes: p.uint8array(),
    list: p.array(),
    money: p.type(Money),
    own: p.type(Small),
    colour: p.enum(['red', "o'range", 'blue\\green']),
    colours: p.enum(['red', 'green']).array(),
    level: p.enum([1, 2, 3]),
    version: p.integer().version(),
  },
});

/** Every way to give a default. */
const Defaults = defineEntity({
  name: 'Defaults',
  tableName: 'defaults',
  properties: {
    id: p.integer().primary(),
    quote: p.string().default("it's"),
    backslash: p.string().default('C:\\new\t"x"'),
    newline: p.string().default('a\nb'),
    unicode: p.string().default('äж'),
    empty: p.string().default(''),
    nothing: p.string().nullable().default(null),
    number: p.integer().default(-7),
    big: p.bigint().default('9007199254740993'),
    dec: p.decimal().precision(10).scale(2).default('1.50'),
    real: p.double().default(0.5),
    yes: p.boolean().default(true),
    no: p.boolean().defaultRaw('false'),
    day: p.date().default('2020-02-03'),
    now: p.datetime().defaultRaw('current_timestamp'),
    now3: p.datetime().length(3).defaultRaw('CURRENT_TIMESTAMP(3)'),
    text: p.string().defaultRaw("'raw''s'"),
    seven: p.integer().defaultRaw('(3 + 4)'),
    word: p.string().default(raw("'by raw'")),
    word2: p.enum(['a', 'b']).default('b'),
  },
});

const Parent = defineEntity({
  name: 'Parent',
  tableName: 'parents',
  properties: { area: p.string().length(10).primary(), no: p.integer().primary(), title: p.string() },
});

/** References, indexes, checks, generated columns. */
const Child = defineEntity({
  name: 'Child',
  tableName: 'children',
  properties: {
    id: p.uuid().primary(),
    parent: () => p.manyToOne(Parent).deleteRule('cascade').updateRule('restrict'),
    self: () => p.manyToOne(Child).nullable().deleteRule('set null'),
    all: () => p.oneToOne(AllTypes).owner().nullable(),
    many: () => p.manyToMany(AllTypes).owner(),
    loose: () => p.manyToOne(AllTypes).nullable().createForeignKeyConstraint(false),
    first: p.string().length(50),
    last: p.string().length(50),
    amount: p.integer().check((columns) => `${columns.amount} > 0`),
    twice: p.integer().generated((columns) => `(${columns.amount} * 2) stored`),
    address: () => p.embedded(Address),
    extra: () => p.embedded(Address).object(),
  },
  indexes: [
    { properties: ['first', 'last'] },
    { name: 'desc_index', properties: ['last', 'first'], columns: [{ name: 'last', sort: 'DESC' }, { name: 'first' }] },
  ],
  uniques: [{ name: 'one_name', properties: ['last', 'amount'] }],
  checks: [{ name: 'names_differ', expression: (columns) => `((${columns.first} <> ${columns.last}))` }],
});

/** MariaDB indexes no expressions. */
export const Searched = defineEntity({
  name: 'Searched',
  tableName: 'searched',
  properties: { id: p.integer().primary(), word: p.string().length(50) },
  indexes: [
    {
      name: 'lower_index',
      expression: (columns, table) => `create index lower_index on ${table.qualifiedName} ((lower(${columns.word})))`,
    },
  ],
});

const Address = defineEntity({
  name: 'Address',
  embeddable: true,
  properties: { street: p.string(), city: p.string().length(40).nullable() },
});

export const broadEntities = [AllTypes, Defaults, Parent, Child, Address];
