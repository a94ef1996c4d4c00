import { describe, expect, test } from 'vitest';
import { postgres } from '../../src/dialects/postgres/index.ts';
import { sqlite } from '../../src/dialects/sqlite/index.ts';
import { describeOperation, type Operation } from '../../src/operations/index.ts';
import { addDependants } from '../../src/plan/dependants.ts';
import type { View } from '../../src/schema/schema.ts';
import { bigint, column, int, reference, schemaOf, tableOf } from '../support/table-of.ts';

const words = (operations: readonly Operation[]): string[] => operations.map(describeOperation);

describe('views over a column that changes', () => {
  const view = (name: string, definition: string): View => ({ name, definition });
  const schema = schemaOf([tableOf('people', [column('id', int)]), tableOf('other', [column('id', int)])], {
    views: Object.fromEntries(
      [
        view('a_second', 'select id from b_first'),
        view('b_first', 'select "id" from "people"'),
        view('unconcerned', `select 'people' as word from other`),
      ].map((item) => [item.name, item]),
    ),
  });
  const change: Operation = {
    kind: 'changeType',
    table: 'people',
    column: 'id',
    from: int,
    to: bigint,
    change: 'widening',
  };

  test('go first and come back last, those that use others outermost', () => {
    expect(words(addDependants([change], schema, postgres))).toEqual([
      'drop view a_second',
      'drop view b_first',
      describeOperation(change),
      'create view b_first',
      'create view a_second',
    ]);
  });

  test('stay where the database lets them', () => {
    expect(addDependants([change], schema, sqlite)).toEqual([change]);
  });

  test('come back as the models have them, and not at all where the plan drops them', () => {
    const [first, second] = [schema.views['b_first']!, schema.views['a_second']!];
    const to = view('b_first', 'select id, 1 as one from people');
    const replaced = addDependants([change, { kind: 'replaceView', from: first, to }], schema, postgres);
    expect(replaced.filter(({ kind }) => kind === 'replaceView')).toEqual([]);
    expect(replaced).toContainEqual({ kind: 'createView', view: to });
    const dropped = addDependants([change, { kind: 'dropView', view: second }], schema, postgres);
    expect(words(dropped).filter((text) => text.includes('a_second'))).toEqual(['drop view a_second']);
  });
});

describe('foreign keys among tables that go', () => {
  const table = (name: string, ...parents: readonly string[]) =>
    tableOf(
      name,
      parents.map((parent) => column(parent, int)),
      { foreignKeys: parents.map((parent) => reference(`${name}_${parent}`, [parent], parent)) },
    );
  const keysDropped = (...tables: readonly ReturnType<typeof table>[]): string[] =>
    addDependants(
      tables.map((item): Operation => ({ kind: 'dropTable', table: item })),
      schemaOf(tables),
      postgres,
    ).flatMap((operation) => (operation.kind === 'dropForeignKey' ? [operation.foreignKey.name] : []));

  test('hold nothing up in a line, nor within one table', () => {
    expect(keysDropped(table('a', 'b'), table('b', 'c'), table('c', 'c'))).toEqual([]);
  });

  test('go first where they close a circle: the one to the table that goes first', () => {
    expect(keysDropped(table('a', 'b'), table('b', 'a'))).toEqual(['b_a']);
    expect(keysDropped(table('a', 'b'), table('b', 'c'), table('c', 'a'))).toEqual(['c_a']);
  });
});
