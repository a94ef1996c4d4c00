import { expect, test } from 'vitest';
import { mysql } from '../../src/dialects/mysql/index.ts';
import { postgres } from '../../src/dialects/postgres/index.ts';
import { sqlite } from '../../src/dialects/sqlite/index.ts';
import type { TableChange } from '../../src/operations/alter-table.ts';
import { applyOperation, type Operation } from '../../src/operations/index.ts';
import { mergeRebuilds } from '../../src/plan/merge.ts';
import { column, int, schemaOf, tableOf } from '../support/table-of.ts';

const forbid = (table: string, name: string): TableChange => ({
  kind: 'setNullability',
  table,
  column: name,
  nullable: false,
});
const check = (table: string): TableChange => ({ kind: 'addCheck', table, check: { name: 'c', expression: 'a > 0' } });
const index: Operation = {
  kind: 'addIndex',
  table: 't',
  index: { name: 'i', unique: false, parts: [{ column: 'a' }] },
};

test('neighbours that each copy one table become one, in their order', () => {
  expect(mergeRebuilds([forbid('t', 'a'), forbid('t', 'b'), check('t')], sqlite.traits)).toEqual([
    { kind: 'alterTable', table: 't', changes: [forbid('t', 'a'), forbid('t', 'b'), check('t')] },
  ]);
});

test('what is between them, or of another table, keeps them apart', () => {
  const apart = [forbid('t', 'a'), index, forbid('t', 'b'), forbid('u', 'a')];
  expect(mergeRebuilds(apart, sqlite.traits)).toEqual(apart);
});

test('one alone stays itself, and what already is one takes its neighbours in', () => {
  expect(mergeRebuilds([forbid('t', 'a')], mysql.traits)).toEqual([forbid('t', 'a')]);
  const both: Operation = { kind: 'alterTable', table: 't', changes: [forbid('t', 'a'), index] };
  expect(mergeRebuilds([both, forbid('t', 'b')], mysql.traits)).toEqual([
    { kind: 'alterTable', table: 't', changes: [forbid('t', 'a'), index, forbid('t', 'b')] },
  ]);
});

test('a change that copies nothing on this database is not merged', () => {
  const pair = [forbid('t', 'a'), check('t')];
  expect(mergeRebuilds(pair, mysql.traits)).toEqual(pair);
  expect(mergeRebuilds([forbid('t', 'a'), forbid('t', 'b')], postgres.traits)).toHaveLength(2);
});

test('merged or not, they lead to one schema', () => {
  const schema = schemaOf([tableOf('t', [column('a', int), column('b', int)])]);
  const operations = [forbid('t', 'a'), forbid('t', 'b'), check('t'), index];
  const after = (list: readonly Operation[]) => list.reduce(applyOperation, schema);
  expect(after(mergeRebuilds(operations, sqlite.traits))).toEqual(after(operations));
});
