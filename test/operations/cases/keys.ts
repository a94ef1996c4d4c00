import type { Check, ForeignKey, Index } from '../../../src/schema/schema.ts';
import type { Operation } from '../../../src/operations/index.ts';
import { column, int, keyOf, reference, string, tableOf, type Place } from '../place.ts';
import type { LifeCycleCase, LifeCycleCases } from './case.ts';

const keyless = ({ name }: Place): Operation[] => [
  {
    kind: 'createTable',
    table: tableOf(name('keyless'), [
      column('a', int, { nullable: false }),
      column('b', string(20), { nullable: false }),
      column('c', int),
    ]),
  },
];

const rowsOf = ({ name }: Place): string =>
  `insert into ${name('keyless')} values (1, 'x', null), (2, 'x', 5), (3, '', 7)`;
const keyOn = (place: Place, ...columns: readonly string[]) => {
  const { primaryKey } = keyOf(place.kind, place.name('keyless'), ...columns);
  if (!primaryKey) throw new Error('every database has primary keys');
  return primaryKey;
};

const addPrimaryKey: readonly LifeCycleCase<'addPrimaryKey'>[] = [
  {
    name: 'of one column',
    given: (place) => [...keyless(place), rowsOf(place)],
    operation: (place) => ({ kind: 'addPrimaryKey', table: place.name('keyless'), primaryKey: keyOn(place, 'a') }),
  },
  {
    name: 'of two columns',
    given: (place) => [...keyless(place), rowsOf(place)],
    operation: (place) => ({ kind: 'addPrimaryKey', table: place.name('keyless'), primaryKey: keyOn(place, 'b', 'a') }),
  },
];

const dropPrimaryKey: readonly LifeCycleCase<'dropPrimaryKey'>[] = [
  {
    name: 'of one column',
    given: (place) => [
      ...keyless(place),
      rowsOf(place),
      { kind: 'addPrimaryKey', table: place.name('keyless'), primaryKey: keyOn(place, 'a') },
    ],
    operation: (place) => ({ kind: 'dropPrimaryKey', table: place.name('keyless'), primaryKey: keyOn(place, 'a') }),
  },
  {
    name: 'of two columns',
    given: (place) => [
      ...keyless(place),
      rowsOf(place),
      { kind: 'addPrimaryKey', table: place.name('keyless'), primaryKey: keyOn(place, 'a', 'b') },
    ],
    operation: (place) => ({
      kind: 'dropPrimaryKey',
      table: place.name('keyless'),
      primaryKey: keyOn(place, 'a', 'b'),
    }),
  },
];

type IndexRest = Omit<Partial<Index>, 'name'>;
const indexVariants: readonly (readonly [string, IndexRest | ((place: Place) => IndexRest)])[] = [
  ['plain', {}],
  ['of two columns', { parts: [{ column: 'b' }, { column: 'a' }] }],
  ['unique', { parts: [{ column: 'code' }, { column: 'id' }], unique: true }],
  ['unique constraint', { parts: [{ column: 'code' }, { column: 'n' }], unique: true, constraint: true }],
  ['descending', { parts: [{ column: 'a', descending: true }, { column: 'b' }] }],
  ['partial', { where: 'a > 0' }],
  ['partial unique', { parts: [{ column: 'code' }], unique: true, where: "code <> 'x''y'" }],
  ['of an expression', { parts: [{ expression: 'upper(code)' }, { column: 'a' }] }],
  ['unique of an expression', { parts: [{ expression: 'upper(code)' }], unique: true }],
  ['with a prefix length', { parts: [{ column: 'note', length: 10 }] }],
  ['with columns beside its key', { include: ['b', 'note'] }],
  ['unique with NULLs not distinct', { parts: [{ column: 'digits' }], unique: true, nullsNotDistinct: true }],
  ['for full text', { parts: [{ column: 'note' }], method: 'fulltext' }],
  ['by hash', { method: 'hash' }],
  ['by gin', { parts: [{ expression: "to_tsvector('simple', note)" }], method: 'gin' }],
  ['with NULLs first', { parts: [{ column: 'a', nulls: 'first' }] }],
  [
    'with a collation',
    ({ pick }) => ({
      parts: [{ column: 'code', collation: pick({ postgresql: 'C', sqlite: 'NOCASE', others: 'utf8mb4_bin' }) }],
    }),
  ],
  ['with an operator class', { parts: [{ column: 'code', operatorClass: 'varchar_pattern_ops' }] }],
  [
    'unique that waits for the commit',
    { parts: [{ column: 'code' }], unique: true, constraint: true, deferrable: 'deferred' },
  ],
  ['that the optimizer does not use', { invisible: true }],
  ['with a comment', { comment: "it's new" }],
];

const indexOf = (place: Place, rest: IndexRest | ((place: Place) => IndexRest)): Index => ({
  name: place.name('new'),
  parts: [{ column: 'a' }],
  unique: false,
  ...(typeof rest === 'function' ? rest(place) : rest),
});

const addIndex = indexVariants.map(([name, rest]): LifeCycleCase<'addIndex'> => ({
  name,
  operation: (place) => ({ kind: 'addIndex', table: place.table, index: indexOf(place, rest) }),
}));

const dropIndex = indexVariants.map(([name, rest]): LifeCycleCase<'dropIndex'> => ({
  name,
  given: (place) => [{ kind: 'addIndex', table: place.table, index: indexOf(place, rest) }],
  operation: (place) => ({ kind: 'dropIndex', table: place.table, index: indexOf(place, rest) }),
}));

const renameIndex: readonly LifeCycleCase<'renameIndex'>[] = [
  {
    name: 'plain',
    seenBy: 'index names',
    operation: ({ table, name }) => ({ kind: 'renameIndex', table, from: name('by_name'), to: name('other') }),
  },
  {
    name: 'unique',
    seenBy: 'index names',
    operation: ({ table, name }) => ({ kind: 'renameIndex', table, from: name('by_code'), to: name('other') }),
  },
  {
    name: 'unique constraint',
    seenBy: 'index names',
    given: ({ table, name }) => [
      {
        kind: 'addIndex',
        table,
        index: { name: name('uq'), parts: [{ column: 'code' }, { column: 'n' }], unique: true, constraint: true },
      },
    ],
    operation: ({ table, name }) => ({ kind: 'renameIndex', table, from: name('uq'), to: name('other') }),
  },
  {
    name: 'that a foreign key leans on',
    seenBy: 'index names',
    given: ({ table, name, parent }) => [
      { kind: 'addForeignKey', table, foreignKey: reference(name('fk'), ['parent_id'], parent) },
    ],
    operation: ({ table, name }) => ({ kind: 'renameIndex', table, from: name('by_parent'), to: name('other') }),
  },
];

type KeyRest = Partial<ForeignKey>;
const keyVariants: readonly (readonly [string, KeyRest | ((place: Place) => KeyRest)])[] = [
  ['without actions', {}],
  ['cascade', { onDelete: 'cascade', onUpdate: 'cascade' }],
  ['set null', { onDelete: 'set null', onUpdate: 'set null' }],
  [
    'restrict',
    ({ kind }) =>
      kind === 'mysql' || kind === 'mariadb' ? { onDelete: 'cascade' } : { onDelete: 'restrict', onUpdate: 'restrict' },
  ],
  ['set default', { onDelete: 'set default' }],
  ['that waits for the commit', { deferrable: 'deferred' }],
  ['that can wait for the commit', { deferrable: 'immediate' }],
  ['of two columns', ({ parent }) => ({ columns: ['a', 'b'], references: { table: parent, columns: ['a', 'b'] } })],
  ['to its own table', ({ table }) => ({ columns: ['a'], references: { table, columns: ['id'] } })],
  [
    'to a unique that is no primary key',
    ({ parent }) => ({ columns: ['word'], references: { table: parent, columns: ['code'] } }),
  ],
];

const keyNamed = (place: Place, rest: KeyRest | ((place: Place) => KeyRest)): ForeignKey => ({
  ...reference(place.name('fk'), ['parent_id'], place.parent),
  ...(typeof rest === 'function' ? rest(place) : rest),
});

/** MySQL and MariaDB make an index for a key that has none, so each finds one; a column for the words of the parent. */
const before = (place: Place, key: ForeignKey): Operation[] => {
  const { table, name } = place;
  const word: Operation = { kind: 'addColumn', table, column: column('word', string(20)) };
  const index: Operation = {
    kind: 'addIndex',
    table,
    index: { name: name('for_fk'), parts: key.columns.map((item) => ({ column: item })), unique: false },
  };
  return [...(key.columns.includes('word') ? [word] : []), ...(key.columns.includes('parent_id') ? [] : [index])];
};

const addForeignKey = keyVariants.map(([name, rest]): LifeCycleCase<'addForeignKey'> => ({
  name,
  given: (place) => before(place, keyNamed(place, rest)),
  operation: (place) => ({ kind: 'addForeignKey', table: place.table, foreignKey: keyNamed(place, rest) }),
}));

const dropForeignKey = keyVariants.map(([name, rest]): LifeCycleCase<'dropForeignKey'> => ({
  name,
  given: (place) => {
    const foreignKey = keyNamed(place, rest);
    return [...before(place, foreignKey), { kind: 'addForeignKey', table: place.table, foreignKey }];
  },
  operation: (place) => ({ kind: 'dropForeignKey', table: place.table, foreignKey: keyNamed(place, rest) }),
}));

const checkVariants: readonly (readonly [string, string])[] = [
  ['of one column', 'a > 0'],
  ['of two columns', 'a <= b or b is null'],
  ['with texts', "code <> 'it''s' and code <> 'x'"],
];
const checkOf = ({ name }: Place, expression: string): Check => ({ name: name('ck'), expression });

const addCheck = checkVariants.map(([name, expression]): LifeCycleCase<'addCheck'> => ({
  name,
  operation: (place) => ({ kind: 'addCheck', table: place.table, check: checkOf(place, expression) }),
}));

const dropCheck = checkVariants.map(([name, expression]): LifeCycleCase<'dropCheck'> => ({
  name,
  given: (place) => [{ kind: 'addCheck', table: place.table, check: checkOf(place, expression) }],
  operation: (place) => ({ kind: 'dropCheck', table: place.table, check: checkOf(place, expression) }),
}));

export const keyCases = {
  addPrimaryKey,
  dropPrimaryKey,
  addIndex,
  dropIndex,
  renameIndex,
  addForeignKey,
  dropForeignKey,
  addCheck,
  dropCheck,
} satisfies Partial<LifeCycleCases>;
