import type { Table } from '../../../src/schema/schema.ts';
import { column, hostileName, id, int, native, table, text } from './tables.ts';

const everyType = table(
  'every_type',
  [
    id(),
    column('s', text(20)),
    column('s1', text(16000)),
    column('t', 'text'),
    column('tt', { type: 'text', size: 'tiny' }),
    column('tm', { type: 'text', size: 'medium' }),
    column('tl', { type: 'text', size: 'long' }),
    ...([8, 16, 24, 32, 64] as const).flatMap((bits) => [
      column(`i${bits}`, { type: 'integer', bits }),
      column(`u${bits}`, { type: 'integer', bits, unsigned: true }),
    ]),
    column('d', { type: 'decimal', precision: 10, scale: 2 }),
    column('du', { type: 'decimal', precision: 65, scale: 30, unsigned: true }),
    column('f', 'float'),
    column('g', 'double'),
    column('b', 'boolean'),
    column('date', 'date'),
    column('j', 'json'),
    column('ti', 'time'),
    column('ti3', { type: 'time', precision: 3 }),
    column('dt', 'datetime'),
    column('dt6', { type: 'datetime', precision: 6 }),
    column('ts', native('timestamp')),
    column('ts3', native('timestamp(3)')),
    column('y', native('year')),
    column('bi', native('bit(5)')),
    column('c', native('char(3)')),
    column('bn', native('binary(3)')),
    column('vb', { type: 'binary', length: 300 }),
    column('bl', 'binary'),
    column('lb', native('longblob')),
    column('e', { type: 'enum', values: ['a', "b'c", 'd\\e', 'f,g', 'h"i', '%_', 'ü€', ''] }),
    column('se', native("set('x','y''z')")),
    column('ge', native('point')),
  ],
  { primaryKey: { columns: ['id'] }, comment: 'It\'s a \\ "table"\n%s ?' },
);

const now = { now: true } as const;

const everyDefault = table('every_default', [
  column('s', text(50), { default: { value: 'it\'s \\ "x" \n \t % _ ? ü€ `' }, nullable: false }),
  column('s0', text(5), { default: { value: '' } }),
  column('sn', text(5), { default: { value: 'NULL' } }),
  column('sc', text(30), { default: { value: 'current_timestamp' } }),
  column('t', 'text', { default: { value: "it's \\" } }),
  column('te', 'text', { default: { value: '' }, nullable: false }),
  column('i', int, { default: { value: 0 }, nullable: false }),
  column('im', int, { default: { value: -5 } }),
  column('big', { type: 'integer', bits: 64 }, { default: { value: '-9223372036854775808' } }),
  column('d', { type: 'decimal', precision: 10, scale: 2 }, { default: { value: 1.5 } }),
  column('f', 'float', { default: { value: 0.1 } }),
  column('g', 'double', { default: { value: -1.5e10 } }),
  column('b', 'boolean', { default: { value: true }, nullable: false }),
  column('b0', 'boolean', { default: { value: false } }),
  column('da', 'date', { default: { value: '2020-02-29' } }),
  column('dan', 'date', { default: now }),
  column('ti', { type: 'time', precision: 2 }, { default: { value: '10:00:00' } }),
  column('dt', 'datetime', { default: now, onUpdate: 'current_timestamp', nullable: false }),
  column('dt3', { type: 'datetime', precision: 3 }, { default: now, onUpdate: 'current_timestamp(3)' }),
  column('dv', 'datetime', { default: { value: '2020-01-01 00:00:00' } }),
  column('dou', 'datetime', { onUpdate: 'current_timestamp' }),
  column('ts', native('timestamp'), { default: now }),
  column('ts6', native('timestamp(6)'), { default: now, nullable: false }),
  column('tsn', native('timestamp'), { nullable: true }),
  column('y', native('year'), { default: { value: '2020' } }),
  column('bi', native('bit(4)'), { default: { sql: "b'101'" } }),
  column('bn', native('binary(3)'), { default: { value: 'ab' } }),
  column('e', { type: 'enum', values: ['a', "b'c"] }, { default: { value: "b'c" }, nullable: false }),
  column('j', 'json', { default: { value: '{"a": "it\'s \\\\ "}' } }),
  column('u', text(36), { default: { sql: 'uuid()' } }),
  column('co', text(5), { comment: "it's \\ %" }),
  column('col', text(5), { collation: 'utf8mb4_bin' }),
  column('la', text(5), { collation: 'latin1_bin', default: { value: 'x' } }),
]);

const keys = table(
  'keys',
  [
    id(),
    column('a', text(300)),
    column('b', int),
    column('c', text(50)),
    column('t', 'text', { nullable: false }),
    column('p', native('point'), { nullable: false }),
    column('vb', { type: 'binary', length: 20 }),
  ],
  {
    primaryKey: { columns: ['id', 'b'] },
    indexes: [
      { name: 'ft', parts: [{ column: 't' }], unique: false, method: 'fulltext', comment: "it's" },
      { name: 'hidden', parts: [{ column: 'c' }], unique: false, invisible: true },
      {
        name: 'long',
        parts: [
          { column: 't', length: 20 },
          { column: 'vb', length: 4 },
        ],
        unique: false,
      },
      {
        name: 'mixed',
        parts: [
          { column: 'a', length: 10 },
          { column: 'b', descending: true },
        ],
        unique: true,
      },
      { name: 'sp', parts: [{ column: 'p' }], unique: false, method: 'spatial' },
    ],
  },
);
const keysColumns = { ...keys, columns: { ...keys.columns, b: column('b', int, { nullable: false }) } };

const parent = table(
  'parent',
  [id(), column('a', int, { nullable: false }), column('b', text(20), { nullable: false })],
  {
    primaryKey: { columns: ['id'] },
    indexes: [{ name: 'ab', parts: [{ column: 'a' }, { column: 'b' }], unique: true }],
  },
);

const child = table(
  'child',
  [id(), column('a', int), column('b', text(20)), column('parent_id', int), column('self', int)],
  {
    primaryKey: { columns: ['id'] },
    indexes: [
      { name: 'ab_key', parts: [{ column: 'a' }, { column: 'b' }], unique: false },
      { name: 'parent_key', parts: [{ column: 'parent_id' }], unique: false },
      { name: 'self_key', parts: [{ column: 'self' }], unique: false },
    ],
    foreignKeys: [
      {
        name: 'child_ab',
        columns: ['a', 'b'],
        references: { table: 'parent', columns: ['a', 'b'] },
        onUpdate: 'cascade',
      },
      {
        name: 'child_parent',
        columns: ['parent_id'],
        references: { table: 'parent', columns: ['id'] },
        onDelete: 'set null',
      },
      { name: 'child_self', columns: ['self'], references: { table: 'child', columns: ['id'] }, onDelete: 'cascade' },
    ],
  },
);

const hostile = table(
  hostileName,
  [
    column('id', int, { nullable: false }),
    column(hostileName, text(20), { default: { value: hostileName.slice(0, 20) } }),
    column(`${hostileName}2`, int),
    column('groups', int),
    column('Select', int),
    column('__proto__', int),
  ],
  {
    primaryKey: { columns: ['id'] },
    indexes: [
      { name: hostileName, parts: [{ column: hostileName }, { column: `${hostileName}2` }], unique: true },
      { name: `${hostileName}f`, parts: [{ column: 'groups' }], unique: false },
    ],
    foreignKeys: [
      { name: `${hostileName}f`, columns: ['groups'], references: { table: hostileName, columns: ['id'] } },
    ],
    comment: hostileName,
  },
);

const partitioned = (name: string, partitioning: NonNullable<Table['partitioning']>, key: readonly string[]): Table =>
  table(name, [column('id', int, { nullable: false }), column('j', text(20), { nullable: false })], {
    primaryKey: { columns: key },
    partitioning,
  });

/** Tables that both servers must give back from their catalogs as they were written, in the order in which they can be made. */
export const roundTripTables: readonly Table[] = [
  everyType,
  everyDefault,
  keysColumns,
  parent,
  child,
  hostile,
  partitioned('by_key', { method: 'key', by: '`j`', partitions: 16 }, ['id', 'j']),
  partitioned('by_linear_key', { method: 'linear key', by: '`j`,`id`', partitions: 3 }, ['id', 'j']),
  partitioned('by_hash', { method: 'hash', by: '`id`', partitions: 4 }, ['id']),
  partitioned(
    'by_range',
    {
      method: 'range',
      by: '`id`',
      partitions: [
        { name: 'p`0', bound: '10' },
        { name: 'rest', bound: 'maxvalue' },
      ],
    },
    ['id'],
  ),
  partitioned(
    'by_list',
    {
      method: 'list',
      by: '`id`',
      partitions: [
        { name: 'a', bound: '1,2' },
        { name: 'b', bound: '3' },
      ],
    },
    ['id'],
  ),
  partitioned(
    'by_range_columns',
    {
      method: 'range columns',
      by: '`j`,`id`',
      partitions: [
        { name: 'a', bound: "'m''x',10" },
        { name: 'b', bound: 'MAXVALUE,MAXVALUE' },
      ],
    },
    ['id', 'j'],
  ),
  partitioned(
    'by_list_columns',
    { method: 'list columns', by: '`j`', partitions: [{ name: 'a', bound: "'a','b''c'" }] },
    ['id', 'j'],
  ),
];
