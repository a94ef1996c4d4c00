import { expect, test } from 'vitest';
import type { EventPayload } from '../../src/history/event.ts';
import { renamesBetween } from '../../src/history/renames-between.ts';
import type { Operation } from '../../src/operations/index.ts';
import { column, int } from '../support/table-of.ts';

const table = (from: string, to: string): Operation => ({ kind: 'renameTable', from, to });
const rename = (name: string, from: string, to: string): Operation => ({ kind: 'renameColumn', table: name, from, to });
const drop = (name: string, from: string): Operation => ({
  kind: 'dropColumn',
  table: name,
  column: column(from, int),
});

/** A log of these changes from version 1 on. */
function logOf(...operations: readonly Operation[]): EventPayload[] {
  return operations.map((operation, at) => ({ version: at + 1, event: 'applied', operation }) as EventPayload);
}

test('renames between two versions are followed, one after the other and back', () => {
  const log = logOf(rename('t', 'a', 'b'), rename('t', 'b', 'c'), table('t', 'u'), rename('u', 'x', 'y'));
  expect(renamesBetween(log, 0, 4)).toEqual({ tables: { u: 't' }, columns: { u: { c: 'a', y: 'x' } } });
  expect(renamesBetween(log, 4, 0)).toEqual({ tables: { t: 'u' }, columns: { t: { a: 'c', x: 'y' } } });
  expect(renamesBetween(log, 1, 2)).toEqual({ tables: {}, columns: { t: { c: 'b' } } });
});

test('what was renamed and went, or has its old name again, is no rename', () => {
  expect(renamesBetween(logOf(rename('t', 'a', 'b'), drop('t', 'b')), 0, 2)).toEqual({ tables: {}, columns: {} });
  expect(renamesBetween(logOf(table('t', 'u'), table('u', 't')), 0, 2)).toEqual({ tables: {}, columns: {} });
});

test('renames that SQL was seen to do count, those that failed do not', () => {
  const derived = { version: 1, event: 'applied', derived: [rename('t', 'a', 'b')] } as unknown as EventPayload;
  const failed = { version: 2, event: 'failed', operation: rename('t', 'b', 'c') } as EventPayload;
  expect(renamesBetween([derived, failed], 0, 2)).toEqual({ tables: {}, columns: { t: { b: 'a' } } });
});
