import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { mysql } from '../../src/dialects/mysql/index.ts';
import { postgres } from '../../src/dialects/postgres/index.ts';
import { sqlite } from '../../src/dialects/sqlite/index.ts';
import { describeOperation, type Operation } from '../../src/operations/index.ts';
import { dropOrder, orderOperations } from '../../src/plan/order.ts';
import type { Table } from '../../src/schema/schema.ts';
import { column, int, reference, schemaOf, tableOf } from '../support/table-of.ts';

/** A table with an `id` and a foreign key to each of the others named. */
function refersTo(name: string, ...parents: readonly string[]): Table {
  const columns = parents.map((parent) => column(`${parent}_id`, int));
  return tableOf(name, [column('id', int, { nullable: false }), ...columns], {
    primaryKey: { columns: ['id'] },
    foreignKeys: parents.map((parent) => reference(`${name}_${parent}`, [`${parent}_id`], parent)),
  });
}

const create = (table: Table): Operation => ({ kind: 'createTable', table });
const drop = (table: Table): Operation => ({ kind: 'dropTable', table });

function ordered(operations: readonly Operation[], tables: readonly Table[], { traits }: Dialect = postgres): string[] {
  return orderOperations(operations, schemaOf(tables), traits).map(describeOperation);
}

/** Every order of a few things. */
function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

/** The names of the foreign keys that each `create table` keeps. */
function keysInside(operations: readonly Operation[]): Record<string, string[]> {
  return Object.fromEntries(
    operations.flatMap((operation) =>
      operation.kind === 'createTable'
        ? [[operation.table.name, operation.table.foreignKeys.map(({ name }) => name)]]
        : [],
    ),
  );
}

describe('tables that are made', () => {
  const tables = [refersTo('a', 'b', 'c'), refersTo('b', 'c'), refersTo('c'), refersTo('d')];

  test('come after those they refer to, the same for every order in which they were found', () => {
    for (const given of permutations(tables))
      expect(ordered(given.map(create), given)).toEqual([
        'create table c',
        'create table b',
        'create table a',
        'create table d',
      ]);
  });

  test('keep a foreign key to themselves', () => {
    const tree = refersTo('tree', 'tree');
    const [only, ...rest] = orderOperations([create(tree)], schemaOf([tree]), postgres.traits);
    expect(only).toEqual(create(tree));
    expect(rest).toEqual([]);
  });

  test.each([
    ['two', [refersTo('a', 'b'), refersTo('b', 'a')], 'a', { a: ['a_b'], b: [] }, ['b_a']],
    [
      'three',
      [refersTo('a', 'b'), refersTo('b', 'c'), refersTo('c', 'a')],
      'a',
      { a: ['a_b'], b: ['b_c'], c: [] },
      ['c_a'],
    ],
  ])('in a circle of %s: the key that closes it comes last, on its own', (_, circle, last, inside, split) => {
    for (const given of permutations(circle)) {
      const operations = orderOperations(given.map(create), schemaOf(given), mysql.traits);
      const names = operations.map((operation) => (operation.kind === 'createTable' ? operation.table.name : ''));
      expect(names.filter(Boolean).at(-1)).toBe(last);
      expect(keysInside(operations)).toEqual(inside);
      const keys = operations.flatMap((operation) =>
        operation.kind === 'addForeignKey' ? [operation.foreignKey.name] : [],
      );
      expect(keys).toEqual(split);
      expect(operations.at(-1)?.kind).toBe('addForeignKey');
    }
  });

  test('keep every key where a key may name a table that is not there yet', () => {
    const circle = [refersTo('a', 'b'), refersTo('b', 'a')];
    const operations = orderOperations(circle.map(create), schemaOf(circle), sqlite.traits);
    expect(keysInside(operations)).toEqual({ a: ['a_b'], b: ['b_a'] });
    expect(operations).toHaveLength(2);
  });

  test('get a key to a table that still changes only after the change', () => {
    const [child, parent] = [refersTo('child', 'parent'), refersTo('parent')];
    const unique: Operation = {
      kind: 'addIndex',
      table: 'parent',
      index: { name: 'u', unique: true, parts: [{ column: 'id' }] },
    };
    expect(ordered([create(child), unique], [child, parent])).toEqual([
      'create table child',
      'add unique u on parent (id)',
      'add foreign key child (parent_id) → parent (id)',
    ]);
  });
});

describe('tables that go', () => {
  test('go before those they refer to, whatever their names', () => {
    const tables = [refersTo('a'), refersTo('b', 'a'), refersTo('c', 'b', 'a')];
    for (const given of permutations(tables))
      expect(ordered(given.map(drop), [])).toEqual(['drop table c', 'drop table b', 'drop table a']);
  });

  test('of a circle go in one order', () => {
    const circle = [refersTo('a', 'b'), refersTo('b', 'a')];
    for (const given of permutations(circle))
      expect(dropOrder(given.map(drop)).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('go last, after the columns and keys that other tables lose', () => {
    const gone = refersTo('gone');
    const left = refersTo('left', 'gone');
    const [key] = left.foreignKeys;
    const operations: Operation[] = [
      drop(gone),
      { kind: 'dropColumn', table: 'left', column: left.columns['gone_id']! },
      { kind: 'dropForeignKey', table: 'left', foreignKey: key! },
    ];
    for (const given of permutations(operations))
      expect(orderOperations(given, schemaOf([refersTo('left')]), postgres.traits).map(({ kind }) => kind)).toEqual([
        'dropForeignKey',
        'dropColumn',
        'dropTable',
      ]);
  });
});

describe('changes of one table', () => {
  const table = refersTo('t');
  const index = (name: string, columns: readonly string[]) => ({
    name,
    unique: false,
    parts: columns.map((item) => ({ column: item })),
  });
  const kinds = (operations: readonly Operation[], { traits }: Dialect = postgres) =>
    orderOperations(operations, schemaOf([table]), traits).map(({ kind }) => kind);

  test('make a column before it is filled, fill it before NULL is forbidden, and index it last', () => {
    const steps: Operation[] = [
      { kind: 'addColumn', table: 't', column: column('a', int) },
      { kind: 'backfill', table: 't', column: 'a', set: { value: 0 } },
      { kind: 'setNullability', table: 't', column: 'a', nullable: false },
      { kind: 'addIndex', table: 't', index: index('i', ['a']) },
    ];
    for (const given of permutations(steps))
      expect(kinds(given)).toEqual(['addColumn', 'backfill', 'setNullability', 'addIndex']);
  });

  test('build an index before the one that it replaces goes, but for one of the same name', () => {
    const add: Operation = { kind: 'addIndex', table: 't', index: index('new', ['id']) };
    const other: Operation = { kind: 'dropIndex', table: 't', index: index('old', ['id']) };
    const same: Operation = { kind: 'dropIndex', table: 't', index: index('new', ['id']) };
    expect(kinds([other, add])).toEqual(['addIndex', 'dropIndex']);
    expect(kinds([add, same])).toEqual(['dropIndex', 'addIndex']);
  });

  test('take away a default and an index that the new type may not hold before the type changes', () => {
    const type: Operation = {
      kind: 'changeType',
      table: 't',
      column: 'id',
      from: int,
      to: { type: 'text' },
      change: 'lateral',
    };
    const steps: Operation[] = [
      type,
      { kind: 'setDefault', table: 't', column: 'id', to: { value: 'x' } },
      { kind: 'setDefault', table: 't', column: 'id', from: { value: 1 } },
      { kind: 'dropIndex', table: 't', index: index('i', ['id']) },
    ];
    for (const given of permutations(steps)) {
      const result = orderOperations(given, schemaOf([table]), postgres.traits);
      expect(result.map(({ kind }) => kind)).toEqual(['dropIndex', 'setDefault', 'changeType', 'setDefault']);
      expect(result[1]).not.toHaveProperty('to');
    }
  });

  test('come after renames, under the new names; a key that still has the old ones goes before', () => {
    const old = reference('fk', ['before'], 't');
    const steps: Operation[] = [
      { kind: 'renameTable', from: 'former', to: 't' },
      { kind: 'renameColumn', table: 't', from: 'before', to: 'after' },
      { kind: 'setNullability', table: 't', column: 'after', nullable: true },
      { kind: 'dropForeignKey', table: 't', foreignKey: old },
    ];
    for (const given of permutations(steps))
      expect(kinds(given)).toEqual(['dropForeignKey', 'renameTable', 'renameColumn', 'setNullability']);
  });
});
