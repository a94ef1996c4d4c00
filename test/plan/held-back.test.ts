import { expect, test } from 'vitest';
import { lexis } from '../../src/dialects/postgres/traits.ts';
import type { Operation } from '../../src/operations/index.ts';
import { holdsBack } from '../../src/plan/held-back.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { column, int, tableOf } from '../support/table-of.ts';

const colour = { type: 'enum', values: ['red'], name: 'colour' } as const;
const schema: Schema = { ...emptySchema, tables: { t: tableOf('t', [column('c', colour)]) } };
const index = { name: 'i', unique: false, parts: [{ column: 'a' }] };
const add = (name: string, table = 't'): Operation => ({ kind: 'addColumn', table, column: column(name, int) });
const view = { name: 'v', definition: 'select a from t' };
const trigger = { name: 'g', definition: 'create trigger g before insert on t begin select new.a; end' };
const check = { name: 'k', expression: 'a > 0' };
const generated: Operation = {
  kind: 'addColumn',
  table: 't',
  column: { ...column('b', int), generated: { expression: 'a + 1', stored: true } },
};

const cases: [string, Operation, Operation][] = [
  ['an index that goes, the one that takes its name', { kind: 'dropIndex', table: 't', index }, addIndex({})],
  [
    'a new index, the going of another',
    addIndex({}),
    { kind: 'dropIndex', table: 't', index: { ...index, name: 'j' } },
  ],
  [
    'a check that goes, the one that takes its name',
    { kind: 'dropCheck', table: 't', check },
    { kind: 'addCheck', table: 't', check },
  ],
  [
    'a trigger that goes, the one that takes its name',
    { kind: 'dropTrigger', table: 't', trigger },
    { kind: 'createTrigger', table: 't', trigger },
  ],
  [
    'a key that goes, the one that takes its place',
    { kind: 'dropPrimaryKey', table: 't', primaryKey: { columns: ['a'] } },
    { kind: 'addPrimaryKey', table: 't', primaryKey: { columns: ['b'] } },
  ],
  ['a view that goes, the one of its name', { kind: 'dropView', view }, { kind: 'createView', view }],
  [
    'an enum type, a column of it',
    { kind: 'createEnum', enum: colour },
    { kind: 'addColumn', table: 't', column: column('d', colour) },
  ],
  [
    'new values of an enum type, a default that may be one',
    { kind: 'alterEnum', name: 'colour', from: ['red'], to: ['red', 'blue'] },
    { kind: 'setDefault', table: 't', column: 'c', to: { value: 'blue' } },
  ],
  ['a column, a view of it', add('a'), { kind: 'createView', view }],
  ['a table, a view of it', { kind: 'createTable', table: tableOf('t', []) }, { kind: 'createView', view }],
  ['a column, a trigger that names it', add('a'), { kind: 'createTrigger', table: 'u', trigger }],
  ['a column, a check over it', add('a'), { kind: 'addCheck', table: 't', check }],
  ['a column, one that is generated from it', add('a'), generated],
  ['a new name of a column, a check over it', rename('z', 'a'), { kind: 'addCheck', table: 't', check }],
  ['a column, an index over an expression', add('a'), addIndex({ parts: [{ expression: 'lower(a)' }] })],
  ['a column, a partial index', add('a'), addIndex({ parts: [{ column: 'b' }], where: 'a > 1' })],
  [
    'a column, a fill from it',
    add('a'),
    { kind: 'backfill', table: 't', column: 'b', set: { sql: { postgresql: 'a + 1' } } },
  ],
  ['one of several at once', { kind: 'alterTable', table: 't', changes: [add('a') as never] }, generated],
];

test.each(cases)('%s: held back', (_, withheld, later) => {
  expect(holdsBack(withheld, later, { schema, lexis })).toBe(true);
});

test.each<[string, Operation, Operation]>([
  ['a column, a check over another', add('x'), { kind: 'addCheck', table: 't', check }],
  ['a column of another table, a check', add('a', 'u'), { kind: 'addCheck', table: 't', check }],
  ['an index, one of another name', { kind: 'dropIndex', table: 't', index }, addIndex({ name: 'other' })],
  ['an enum type, a column of none', { kind: 'createEnum', enum: colour }, add('a')],
  ['a comment, anything', { kind: 'setComment', table: 't', to: 'a' }, { kind: 'createView', view }],
])('%s: not held back', (_, withheld, later) => {
  expect(holdsBack(withheld, later, { schema, lexis })).toBe(false);
});

function addIndex(changes: Partial<Extract<Operation, { kind: 'addIndex' }>['index']>): Operation {
  return { kind: 'addIndex', table: 't', index: { ...index, ...changes } };
}

function rename(from: string, to: string): Operation {
  return { kind: 'renameColumn', table: 't', from, to };
}
