import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/operations/index.ts';
import { expandOperations, type ExpandContext } from '../../src/plan/expand.ts';
import type { Column } from '../../src/schema/schema.ts';
import { bigint, column, int, schemaOf, string, tableOf } from '../support/table-of.ts';

const context: ExpandContext = {
  actual: schemaOf([tableOf('items', [column('id', int)])]),
  backfillFor: () => undefined,
  hasRows: () => true,
};
const filled: ExpandContext = { ...context, backfillFor: () => ({ value: 'x' }) };
const empty: ExpandContext = { ...filled, hasRows: () => false };

const add = (item: Column): Operation => ({ kind: 'addColumn', table: 'items', column: item });
const required = column('name', string(20), { nullable: false });

describe('a column that must not be NULL', () => {
  test('is added nullable, filled, and then forbidden NULL, where the options say what rows get', () => {
    expect(expandOperations([add(required)], filled)).toEqual({
      operations: [
        add({ ...required, nullable: true }),
        { kind: 'backfill', table: 'items', column: 'name', set: { value: 'x' } },
        { kind: 'setNullability', table: 'items', column: 'name', nullable: false },
      ],
      blocked: [],
      questions: [],
    });
  });

  test('blocks, and names the option, where nobody says it', () => {
    const { operations, blocked, questions } = expandOperations([add(required)], context);
    expect(questions).toEqual([{ kind: 'value', table: 'items', column: 'name', type: string(20) }]);
    expect(operations).toEqual([add(required)]);
    expect(blocked).toMatchObject([{ code: 'VALUE_NEEDED' }]);
    expect(blocked[0]?.message).toContain('tables.items.columns.name.backfill');
  });

  test.each<[string, Partial<Column>]>([
    ['a default', { default: { value: '' } }],
    ['an expression', { generated: { expression: 'upper(x)', stored: true } }],
    ['numbers of the database', { autoIncrement: true }],
    ['leave to be NULL', { nullable: true }],
  ])('is added at once with %s', (_, facts) => {
    const item = { ...required, ...facts };
    expect(expandOperations([add(item)], filled)).toEqual({ operations: [add(item)], blocked: [], questions: [] });
  });

  test('is added at once to a table without rows', () => {
    expect(expandOperations([add(required)], empty)).toEqual({
      operations: [add(required)],
      blocked: [],
      questions: [],
    });
  });
});

describe('NULL that is forbidden', () => {
  const forbid: Operation = { kind: 'setNullability', table: 'items', column: 'id', nullable: false };

  test('is filled first where the options say with what, and only there', () => {
    expect(expandOperations([forbid], filled).operations.map(({ kind }) => kind)).toEqual([
      'backfill',
      'setNullability',
    ]);
    expect(expandOperations([forbid], context).operations).toEqual([forbid]);
    expect(expandOperations([forbid], empty).operations).toEqual([forbid]);
  });

  test('needs nothing where it is allowed again', () => {
    const allow: Operation = { ...forbid, nullable: true };
    expect(expandOperations([allow], filled).operations).toEqual([allow]);
  });
});

describe('a default beside a new type', () => {
  const changed: Operation = {
    kind: 'setDefault',
    table: 'items',
    column: 'id',
    from: { value: 1 },
    to: { value: 'x' },
  };
  const type = (change: 'widening' | 'lateral'): Operation => ({
    kind: 'changeType',
    table: 'items',
    column: 'id',
    from: int,
    to: bigint,
    change,
  });

  test('goes before and comes after where the old one may not fit', () => {
    const [dropped, set] = expandOperations([changed, type('lateral')], context).operations;
    expect(dropped).toEqual({ kind: 'setDefault', table: 'items', column: 'id', from: { value: 1 } });
    expect(set).toEqual({ kind: 'setDefault', table: 'items', column: 'id', to: { value: 'x' } });
  });

  test('stays one change beside a wider type, and beside the type of another column', () => {
    for (const other of [type('widening'), { ...type('lateral'), column: 'other' } as Operation])
      expect(expandOperations([changed, other], context).operations).toEqual([changed, other]);
  });
});

test('a numbered column and its key are added together', () => {
  const numbered = add(column('id', int, { nullable: false, autoIncrement: true }));
  const key: Operation = { kind: 'addPrimaryKey', table: 'items', primaryKey: { columns: ['id'] } };
  const other: Operation = { kind: 'addPrimaryKey', table: 'others', primaryKey: { columns: ['id'] } };
  for (const given of [
    [key, numbered],
    [numbered, key],
  ])
    expect(expandOperations(given, context).operations).toEqual([
      { kind: 'alterTable', table: 'items', changes: [numbered, key] },
    ]);
  expect(expandOperations([numbered, other], context).operations).toEqual([numbered, other]);
});
