import { expect, test } from 'vitest';
import type { Operation } from '../../src/operations/index.ts';
import { isNeededBy } from '../../src/plan/needs.ts';
import { bigint, column, int, reference, tableOf } from '../support/table-of.ts';

const index = (table: string, name: string, unique = false, on = 'a'): Operation => ({
  kind: 'addIndex',
  table,
  index: { name, unique, parts: [{ column: on }] },
});
const addKey: Operation = { kind: 'addForeignKey', table: 't', foreignKey: reference('fk', ['a'], 'p') };
const forbid: Operation = { kind: 'setNullability', table: 't', column: 'a', nullable: false };
const addColumn = (table: string, name = 'a'): Operation => ({ kind: 'addColumn', table, column: column(name, int) });
const type = (table: string, name: string): Operation => ({
  kind: 'changeType',
  table,
  column: name,
  from: int,
  to: bigint,
  change: 'widening',
});
const create = (name: string): Operation => ({ kind: 'createTable', table: tableOf(name, []) });
const backfill = (table: string): Operation => ({ kind: 'backfill', table, column: 'a', set: { value: 1 } });

test.each<[string, Operation, Operation]>([
  ['a table, by what changes it', create('t'), forbid],
  ['a table, by a key to it', create('p'), addKey],
  ['a column, by an index over it', addColumn('t'), index('t', 'i')],
  ['a column, by a key from it', addColumn('t'), addKey],
  ['a column that a key refers to', addColumn('p', 'id'), addKey],
  ['a column, by its own NULL', addColumn('t'), forbid],
  ['a fill, by the NULL that it takes away', backfill('t'), forbid],
  ['a unique index, by a key to its columns', index('p', 'u', true, 'id'), addKey],
  ['a type at the start of a key', type('t', 'a'), addKey],
  ['a type at the end of a key', type('p', 'id'), addKey],
  ['room for a name', { kind: 'renameIndex', table: 't', from: 'i', to: 'i_old1' }, index('t', 'i')],
  ['a new name of a table', { kind: 'renameTable', from: 'former', to: 't' }, forbid],
  ['a new name of a column', { kind: 'renameColumn', table: 't', from: 'former', to: 'a' }, index('t', 'i')],
  ['the old key of the name', { ...addKey, kind: 'dropForeignKey' }, addKey],
  ['one of several at once', { kind: 'alterTable', table: 't', changes: [addColumn('t') as never] }, forbid],
])('%s is needed', (_, earlier, later) => {
  expect(isNeededBy(earlier, later)).toBe(true);
});

test.each<[string, Operation, Operation]>([
  ['a table, by another', create('u'), forbid],
  ['a column, by another of the same name elsewhere', addColumn('u'), forbid],
  ['a column, by an index over others', addColumn('t', 'b'), index('t', 'i')],
  ['a fill, by the NULL of another table', backfill('u'), forbid],
  ['an index that is not unique, by a key', index('p', 'i', false, 'id'), addKey],
  ['a unique index, by a key to other columns of its table', index('p', 'u', true, 'email'), addKey],
  ['a type, by a key of other columns', type('t', 'b'), addKey],
  ['a drop', { kind: 'dropTable', table: tableOf('t', []) }, forbid],
])('%s is not needed', (_, earlier, later) => {
  expect(isNeededBy(earlier, later)).toBe(false);
});
