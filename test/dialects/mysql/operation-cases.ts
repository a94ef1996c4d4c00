import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import { undoOperation, type Operation } from '../../../src/operations/index.ts';
import type { Check, Column, ForeignKey, Index, Table } from '../../../src/schema/schema.ts';
import { readRows } from '../../support/rows.ts';
import { applyOne, comparable, createAll, inDatabase } from './cases.ts';
import { column, hostileName, id, int, table, text } from './tables.ts';

const t = hostileName;

const parent = table('parent', [id(), column('code', text(20), { nullable: false })], {
  primaryKey: { columns: ['id'] },
  indexes: [{ name: 'code', parts: [{ column: 'code' }], unique: true }],
});

/** A table with one of everything, under a name that must be quoted right. */
const subject: Table = table(
  t,
  [
    id(),
    column('name', text(50), { nullable: false, default: { value: "it's" }, comment: 'as booked' }),
    column('n', int),
    column('small', { type: 'integer', bits: 8 }, { default: { value: 3 } }),
    column('note', 'text', { default: { value: 'x' } }),
    column('parent_id', int),
    column('kind', { type: 'enum', values: ['a', 'b'] }),
    column('at', { type: 'datetime', precision: 3 }, { default: { now: true }, onUpdate: 'current_timestamp(3)' }),
    column('stored', int, { generated: { expression: '`n` + 1', stored: true } }),
    column('virtual', int, { generated: { expression: '`n` + 2', stored: false } }),
    column('price', { type: 'decimal', precision: 10, scale: 2 }),
  ],
  {
    primaryKey: { columns: ['id'] },
    indexes: [
      { name: 'by_name', parts: [{ column: 'name', length: 10 }, { column: 'n' }], unique: false },
      { name: 'by_parent', parts: [{ column: 'parent_id' }], unique: false },
      { name: 'by_virtual', parts: [{ column: 'virtual' }], unique: false },
    ],
    checks: [{ name: 'positive', expression: '`n` > 0' }],
    comment: 'first',
  },
);

const columnOf = (name: string): Column => subject.columns[name] as Column;
const foreignKey: ForeignKey = {
  name: 'to_parent',
  columns: ['parent_id'],
  references: { table: 'parent', columns: ['id'] },
  onDelete: 'cascade',
  onUpdate: 'set null',
};
const index = (rest: Partial<Index>): Index => ({
  name: 'new_index',
  parts: [{ column: 'n' }],
  unique: false,
  ...rest,
});
const check: Check = { name: "sane '%`", expression: "`name` <> 'a''b'" };
const generate = (before: string, rest: Partial<Column>): Operation => ({
  kind: 'changeGenerated',
  table: t,
  before: columnOf(before),
  after: { ...columnOf(before), ...rest },
});
const plainStored: Column = column('stored', int);

/** Each is done, looked at, undone, looked at and done again; rows that no change is about stay as they are. */
const operations: readonly (readonly [string, Operation])[] = [
  [
    'addColumn',
    {
      kind: 'addColumn',
      table: t,
      column: column('new%?', text(10), { nullable: false, default: { value: "d'\\" }, comment: 'c' }),
    },
  ],
  [
    'addColumn of text with a default',
    { kind: 'addColumn', table: t, column: column('new', 'text', { nullable: false, default: { value: '' } }) },
  ],
  [
    'addColumn that is generated',
    {
      kind: 'addColumn',
      table: t,
      column: column('new', text(60), { generated: { expression: "concat(`name`, 'x')", stored: false } }),
    },
  ],
  ['addColumn of json', { kind: 'addColumn', table: t, column: column('new', 'json') }],
  ['dropColumn', { kind: 'dropColumn', table: t, column: columnOf('price') }],
  ['renameColumn', { kind: 'renameColumn', table: t, from: 'price', to: t }],
  [
    'changeType, wider',
    {
      kind: 'changeType',
      table: t,
      column: 'small',
      from: columnOf('small').type,
      to: { type: 'integer', bits: 64 },
      change: 'widening',
    },
  ],
  [
    'changeType, enum',
    {
      kind: 'changeType',
      table: t,
      column: 'kind',
      from: columnOf('kind').type,
      to: { type: 'enum', values: ['a', 'b', "c'd"] },
      change: 'widening',
    },
  ],
  [
    'changeType with collation',
    {
      kind: 'changeType',
      table: t,
      column: 'name',
      from: text(50),
      to: text(80),
      toCollation: 'utf8mb4_bin',
      change: 'widening',
    },
  ],
  ['setNullability', { kind: 'setNullability', table: t, column: 'n', nullable: false }],
  ['setDefault', { kind: 'setDefault', table: t, column: 'name', from: { value: "it's" }, to: { value: 'b\\' } }],
  ['setDefault, dropped', { kind: 'setDefault', table: t, column: 'name', from: { value: "it's" } }],
  ['setDefault, dropped where NULL is allowed', { kind: 'setDefault', table: t, column: 'small', from: { value: 3 } }],
  ['setDefault of text', { kind: 'setDefault', table: t, column: 'note', from: { value: 'x' }, to: { value: "y'" } }],
  ['setDefault of text, dropped', { kind: 'setDefault', table: t, column: 'note', from: { value: 'x' } }],
  [
    'setDefault beside on update',
    { kind: 'setDefault', table: t, column: 'at', from: { now: true }, to: { value: '2020-01-01 00:00:00' } },
  ],
  ['setDefault beside on update, dropped', { kind: 'setDefault', table: t, column: 'at', from: { now: true } }],
  ['setDefault to an expression', { kind: 'setDefault', table: t, column: 'n', to: { sql: '1 + 2' } }],
  ['setOnUpdate', { kind: 'setOnUpdate', table: t, column: 'at', from: 'current_timestamp(3)' }],
  ['setComment', { kind: 'setComment', table: t, column: 'name', from: 'as booked', to: "it's \\" }],
  ['setComment, dropped', { kind: 'setComment', table: t, column: 'name', from: 'as booked' }],
  ['setComment of the table', { kind: 'setComment', table: t, from: 'first', to: "it's \\" }],
  ['setComment of the table, dropped', { kind: 'setComment', table: t, from: 'first' }],
  ['setAutoIncrement', { kind: 'setAutoIncrement', table: t, column: 'id', autoIncrement: false }],
  ['changeGenerated, stored expression', generate('stored', { generated: { expression: '`n` * 2', stored: true } })],
  ['changeGenerated, virtual expression', generate('virtual', { generated: { expression: '`n` * 2', stored: false } })],
  ['changeGenerated, virtual to stored', generate('virtual', { generated: { expression: '`n` + 2', stored: true } })],
  [
    'changeGenerated, stored to plain',
    { kind: 'changeGenerated', table: t, before: columnOf('stored'), after: plainStored },
  ],
  [
    'addIndex',
    {
      kind: 'addIndex',
      table: t,
      index: index({
        name: t,
        unique: true,
        parts: [
          { column: 'name', length: 4 },
          { column: 'id', descending: true },
        ],
        comment: "it's",
      }),
    },
  ],
  [
    'addIndex, fulltext',
    { kind: 'addIndex', table: t, index: index({ parts: [{ column: 'note' }], method: 'fulltext' }) },
  ],
  ['addIndex, hidden', { kind: 'addIndex', table: t, index: index({ invisible: true }) }],
  ['dropIndex', { kind: 'dropIndex', table: t, index: subject.indexes[0] as Index }],
  ['renameIndex', { kind: 'renameIndex', table: t, from: 'by_name', to: t }],
  ['addForeignKey', { kind: 'addForeignKey', table: t, foreignKey }],
  ['addCheck', { kind: 'addCheck', table: t, check }],
  ['dropCheck', { kind: 'dropCheck', table: t, check: subject.checks[0] as Check }],
  ['setPartitioning', { kind: 'setPartitioning', table: t, to: { method: 'key', by: '`id`', partitions: 4 } }],
  [
    'alterTable',
    {
      kind: 'alterTable',
      table: t,
      changes: [
        { kind: 'setNullability', table: t, column: 'n', nullable: false },
        { kind: 'changeType', table: t, column: 'n', from: int, to: { type: 'integer', bits: 64 }, change: 'widening' },
        { kind: 'renameColumn', table: t, from: 'price', to: 'cost' },
        { kind: 'setNullability', table: t, column: 'cost', nullable: false },
        { kind: 'addColumn', table: t, column: column('new', int) },
        { kind: 'setDefault', table: t, column: 'new', to: { value: 7 } },
        { kind: 'dropIndex', table: t, index: subject.indexes[0] as Index },
        {
          kind: 'addIndex',
          table: t,
          index: index({ name: 'by_name', parts: [{ column: 'cost' }, { column: 'new' }] }),
        },
        { kind: 'dropPrimaryKey', table: t, primaryKey: { columns: ['id'] } },
        { kind: 'addPrimaryKey', table: t, primaryKey: { columns: ['id', 'n'] } },
        { kind: 'dropCheck', table: t, check: subject.checks[0] as Check },
        { kind: 'addForeignKey', table: t, foreignKey },
        { kind: 'setComment', table: t, from: 'first', to: 'second' },
      ],
    },
  ],
  [
    'alterTable with partitioning',
    {
      kind: 'alterTable',
      table: t,
      changes: [
        { kind: 'setComment', table: t, from: 'first', to: 'second' },
        { kind: 'addColumn', table: t, column: column('new', int) },
        {
          kind: 'setPartitioning',
          table: t,
          to: {
            method: 'range',
            by: '`id`',
            partitions: [
              { name: "p'`", bound: '10' },
              { name: 'rest', bound: 'maxvalue' },
            ],
          },
        },
      ],
    },
  ],
  ['renameTable', { kind: 'renameTable', from: t, to: 'other' }],
  [
    'createView',
    { kind: 'createView', view: { name: `${t}v`, definition: 'select `parent`.`id` AS `id` from `parent`' } },
  ],
  [
    'createTrigger',
    {
      kind: 'createTrigger',
      table: 'parent',
      trigger: {
        name: `${t}t`,
        definition: `create trigger \`${t.replaceAll('`', '``')}t\` before insert on \`parent\` for each row set new.code = concat('it''s \\\\ "', new.code)`,
      },
    },
  ],
];

async function fill(dialect: Dialect, session: Parameters<typeof applyOne>[1]): Promise<void> {
  await createAll(dialect, session, [parent, subject]);
  const name = dialect.quote(t);
  await session.run("insert into parent values (1, 'p')");
  await session.run(
    `insert into ${name} (id, name, n, small, note, parent_id, kind, at, price) values (0, 'zero', 1, 1, 'n', 1, 'a', '2020-01-01 00:00:00.123', 1.5), (7, 'ü\\\\', 2, null, '', null, 'b', null, 2)`,
  );
}

export function operationCases(dialect: Dialect, own: readonly (readonly [string, Operation])[]): void {
  describe(`${dialect.name}: operations`, () => {
    test.each([...operations, ...own])('%s goes there, back and there again', (_, operation) =>
      inDatabase(dialect, async ({ session, database }) => {
        await fill(dialect, session);
        const before = comparable(await dialect.inspect(session, {}));
        const rows = await readRows(database, t);
        const expected = await applyOne(dialect, session, operation);
        const after = comparable(await dialect.inspect(session, {}));
        expect(after).toEqual(comparable(expected));
        expect(after).not.toEqual(before);
        const undo = undoOperation(operation);
        if (undo.restores === 'nothing') throw new Error('every operation here has an undo');
        await applyOne(dialect, session, undo.operation);
        expect(inOrder(comparable(await dialect.inspect(session, {})))).toEqual(inOrder(before));
        if (undo.restores === 'everything') expect(await readRows(database, t)).toEqual(rows);
        else expect(await readRows(database, t, { columns: ['id', 'name', 'n'] })).toHaveLength(rows.length);
        await applyOne(dialect, session, operation);
        expect(inOrder(comparable(await dialect.inspect(session, {})))).toEqual(inOrder(after));
      }),
    );
  });
}

/** A column that comes back comes back at the end. */
function inOrder(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'columns' && Array.isArray(value) && typeof value[0] === 'object'
      ? value.toSorted((a: Column, b: Column) => (a.name < b.name ? -1 : 1))
      : value,
  );
}
