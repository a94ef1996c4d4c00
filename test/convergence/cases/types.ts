import { p } from '@mikro-orm/core';
import { columns, entity, mysqlFamily, type FeatureCase } from './case.ts';

/** Types that databases spell in more than one way, and facets of columns. */
export const typeCases: readonly FeatureCase[] = [
  columns('year', () => ({ y: p.type('number').columnType('year') }), { on: mysqlFamily }),
  columns(
    'unsigned columnTypes',
    () => ({
      a: p.integer().columnType('int unsigned'),
      b: p.bigint().columnType('bigint unsigned'),
      c: p.smallint().columnType('smallint(5) unsigned'),
      d: p.decimal().columnType('decimal(8,2) unsigned'),
    }),
    { on: mysqlFamily },
  ),
  columns('unsigned properties', () => ({
    a: p.integer().unsigned(),
    b: p.bigint().unsigned().nullable(),
    c: p.tinyint().unsigned(),
  })),
  columns('real', () => ({
    r: p.type('number').columnType('real'),
    d: p.type('number').columnType('double precision'),
  })),
  columns('char', () => ({ c: p.character().length(3), d: p.string().columnType('char(5)') })),
  columns('decimals without a scale', () => ({
    d: p.decimal(),
    e: p.decimal().precision(20).scale(0),
    f: p.type('string').columnType('numeric(30,10)'),
  })),
  columns('time precision', (kind) => ({ t: p.time(), u: kind === 'sqlite' ? p.time() : p.time(3) })),
  columns('datetime precision', () => ({ a: p.datetime(), b: p.datetime(0), c: p.datetime(3), d: p.datetime(6) })),
  columns(
    'timestamp without and with zone',
    () => ({
      a: p.type('Date').columnType('timestamp'),
      b: p.type('Date').columnType('timestamp with time zone'),
      c: p.type('Date').columnType('timestamptz(3)'),
      d: p.type('string').columnType('time with time zone'),
    }),
    { on: ['postgresql'] },
  ),
  columns(
    'sizes of text',
    () => ({
      a: p.text(),
      b: p.text().columnType('mediumtext'),
      c: p.text().columnType('longtext'),
      d: p.text().columnType('tinytext'),
      e: p.string().columnType('varchar(1000)'),
    }),
    { on: mysqlFamily },
  ),
  columns('binary types', (kind) => ({
    a: p.blob(),
    ...(kind !== 'sqlite' &&
      kind !== 'postgresql' && {
        b: p.type('buffer').columnType('varbinary(16)'),
        c: p.type('buffer').columnType('binary(16)'),
        d: p.type('buffer').columnType('longblob'),
      }),
  })),
  columns(
    'bits and sets',
    () => ({
      a: p.type('number').columnType('bit(3)'),
      b: p.type('string').columnType("set('a','b''c')"),
      c: p.type('number').columnType('tinyint(1)'),
      d: p.type('number').columnType('tinyint'),
    }),
    { on: mysqlFamily },
  ),
  columns('integers of all sizes', () => ({
    a: p.tinyint(),
    b: p.smallint(),
    c: p.mediumint(),
    d: p.integer(),
    e: p.bigint(),
  })),
  columns('json and uuid', () => ({ j: p.json(), u: p.uuid(), n: p.json().nullable() })),
  columns(
    'arrays',
    () => ({ a: p.array(), b: p.type('string').columnType('text[]'), c: p.type('string').columnType('integer[]') }),
    { on: ['postgresql'] },
  ),
  columns(
    'types of PostgreSQL',
    () => ({
      a: p.type('string').columnType('inet'),
      b: p.type('string').columnType('tsvector'),
      c: p.type('string').columnType('interval'),
      d: p.type('string').columnType('bit varying(5)'),
      e: p.type('string').columnType('int4range'),
      f: p.type('string').columnType('money'),
      g: p.type('string').columnType('xml'),
    }),
    { on: ['postgresql'] },
  ),
  columns('enum', () => ({ a: p.enum(['x', 'y']), b: p.enum(["it's", 'a,b', 'c"d', ')']).nullable() })),
  columns(
    'collation',
    (kind) => ({
      a: p
        .string()
        .collation({ sqlite: 'NOCASE', postgresql: 'C', mariadb: 'utf8mb4_bin', mysql: 'utf8mb4_bin' }[kind]),
      b: p.text().nullable(),
    }),
    {
      edit: {
        facet: 'other',
        repairs: ['changeType'],
        sql: (kind, table) => {
          if (kind === 'sqlite') return { object: table, from: 'NOCASE', to: 'RTRIM' };
          return kind === 'postgresql'
            ? [`alter table ${table} alter column a type varchar(255) collate "POSIX"`]
            : [`alter table ${table} modify a varchar(255) character set utf8mb4 collate utf8mb4_unicode_ci not null`];
        },
      },
    },
  ),
  {
    name: 'comment',
    on: ['postgresql', 'mariadb', 'mysql'],
    entities: (_, table) => [
      entity(
        table,
        { a: p.integer().comment('it\'s \\ "a"\n%s ?'), b: p.string().comment('Ünïcode') },
        { comment: "of 'people' \\ and %" },
      ),
    ],
    edit: {
      facet: 'other',
      repairs: ['setComment'],
      sql: (kind, table) =>
        kind === 'postgresql' ? [`comment on table ${table} is 'other'`] : [`alter table ${table} comment = 'other'`],
    },
  },
  columns('nullable and not', () => ({ a: p.string(), b: p.string().nullable(), c: p.integer().nullable() }), {
    edit: {
      facet: 'other',
      repairs: ['setNullability'],
      sql: (kind, table) => {
        if (kind === 'sqlite') return { object: table, from: '"a" varchar(255) not null', to: '"a" varchar(255)' };
        return kind === 'postgresql'
          ? [`alter table ${table} alter column a drop not null`]
          : [`alter table ${table} modify a varchar(255)`];
      },
    },
  }),
];
