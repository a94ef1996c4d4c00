import { expect, test } from 'vitest';
import { fingerprint } from '../../src/schema/fingerprint.ts';
import type { Schema, Table } from '../../src/schema/schema.ts';
import { column, int, reference, schemaOf, string, tableOf } from '../support/table-of.ts';

const items = tableOf('items', [column('id', int, { nullable: false }), column('name', string(20))], {
  primaryKey: { columns: ['id'] },
  indexes: [{ name: 'by_name', unique: false, parts: [{ column: 'name' }] }],
  checks: [{ name: 'named', expression: `name <> ''` }],
  foreignKeys: [reference('fk', ['id'], 'others')],
});
const others = tableOf('others', [column('id', int)]);
const schema = schemaOf([items, others]);

const withItems = (change: Partial<Table>): Schema => schemaOf([{ ...items, ...change }, others]);

test('is 64 hexadecimal digits, the same for a copy, after JSON, and in any order of tables and columns', () => {
  const print = fingerprint(schema);
  expect(print).toMatch(/^[0-9a-f]{64}$/u);
  const columns = Object.fromEntries(Object.entries(items.columns).toReversed());
  expect(fingerprint(structuredClone(schema))).toBe(print);
  expect(fingerprint(JSON.parse(JSON.stringify(schema)) as Schema)).toBe(print);
  expect(fingerprint(schemaOf([others, { ...items, columns }]))).toBe(print);
});

test('is what sha256sum makes of the canonical text: snapshots and releases are kept under it', () => {
  // printf '{"enums":{},"tables":{},"views":{}}' | sha256sum
  expect(fingerprint(schemaOf([]))).toBe('7dc233e44549a95f535337e9362b2a762788e3379d510efb8f059733cc2f826b');
  // The same with the hash of a table's own text in its place.
  expect(fingerprint(schemaOf([tableOf('t', [column('ä', 'text')])]))).toBe(
    'a19523c878156f05333acd40cac5bfd120e8616981ee6c37e3c8ba5873568a16',
  );
});

test('any one fact changes it', () => {
  const [index] = items.indexes;
  const changed: readonly Schema[] = [
    withItems({ comment: 'x' }),
    withItems({ indexes: [] }),
    withItems({ indexes: [{ ...index!, unique: true }] }),
    withItems({ checks: [{ name: 'named', expression: `name <>  ''` }] }),
    withItems({ foreignKeys: [reference('fk', ['id'], 'others', { onDelete: 'cascade' })] }),
    withItems({ columns: { ...items.columns, name: column('name', string(21)) } }),
    withItems({ columns: { ...items.columns, name: column('name', string(20), { default: { value: '' } }) } }),
    withItems({ columns: { ...items.columns, name: column('name', string(20), { default: { sql: '' } }) } }),
    { ...schema, views: { v: { name: 'v', definition: 'select 1' } } },
    { ...schema, enums: { e: { name: 'e', values: ['a', 'b'] } } },
    { ...schema, enums: { e: { name: 'e', values: ['b', 'a'] } } },
    schemaOf([items]),
  ];
  const prints = [schema, ...changed].map(fingerprint);
  expect(new Set(prints).size).toBe(prints.length);
});

test('a table that was hashed before is hashed anew once it has changed', () => {
  const first = fingerprint(schema);
  const wider = withItems({ comment: 'x' });
  expect(fingerprint(wider)).not.toBe(first);
  expect(fingerprint(schema)).toBe(first);
});

test('a table under another name is another one, though it is the same object', () => {
  const first = fingerprint({ ...schema, tables: { items } });
  expect(fingerprint({ ...schema, tables: { others: items } })).not.toBe(first);
  expect(fingerprint({ ...schema, tables: { items } })).toBe(first);
});
