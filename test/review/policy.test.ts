import { describe, expect, test } from 'vitest';
import type { ChangeClass } from '../../src/operations/change-class.ts';
import type { Operation } from '../../src/operations/index.ts';
import { defaultDecisions, withholdReason, type Policy } from '../../src/review/policy.ts';
import { column, int, tableOf } from '../support/table-of.ts';

const policy: Policy = { decisions: defaultDecisions, rebuildBelow: 1000, allowDestructive: false };
const add: Operation = { kind: 'addColumn', table: 'items', column: column('a', int) };

const reason = (changeClass: ChangeClass, given: Partial<Policy> = {}, rewrites = false, bytes = 0) =>
  withholdReason({ operation: add, class: changeClass, rewrites }, { ...policy, ...given }, { items: { bytes } });

describe('what may run unattended', () => {
  test('all that loses nothing may, by default', () => {
    for (const harmless of ['additive', 'widening', 'rebuilding', 'data-dependent'] as const)
      expect(reason(harmless)).toBeUndefined();
  });

  test('what is destructive may not, whatever the policy says, unless a person gave leave', () => {
    expect(reason('destructive')).toContain('destructive');
    expect(reason('destructive', { decisions: { ...defaultDecisions, destructive: 'run' } })).toContain('destructive');
    expect(reason('destructive', { allowDestructive: true })).toBeUndefined();
  });

  test('leave for destructive changes is leave for nothing else', () => {
    expect(reason('not-ours', { allowDestructive: true })).toBe('the policy withholds not-ours changes');
    const decisions = { ...defaultDecisions, additive: 'withhold' } as const;
    expect(reason('additive', { decisions, allowDestructive: true })).toBe('the policy withholds additive changes');
  });

  test('what a person leaves out may not, whatever leave there is, and neither may a rebuild with a part of it', () => {
    const leftOut = new Set(['addColumn items.a']);
    expect(reason('additive', { leftOut })).toBe('left out this time');
    expect(reason('destructive', { leftOut, allowDestructive: true })).toBe('left out this time');
    expect(reason('additive', { leftOut: new Set(['addColumn items.b', 'dropColumn items.a']) })).toBeUndefined();
    const rebuild: Operation = {
      kind: 'alterTable',
      table: 'items',
      changes: [{ kind: 'setNullability', table: 'items', column: 'b', nullable: true }, add],
    };
    const step = { operation: rebuild, class: 'rebuilding', rewrites: true } as const;
    expect(withholdReason(step, { ...policy, leftOut }, {})).toBe('left out this time');
  });
});

describe('rebuildBelow', () => {
  test('withholds what copies a table of that size or more', () => {
    expect(reason('rebuilding', {}, true, 999)).toBeUndefined();
    expect(reason('rebuilding', {}, true, 1000)).toContain('rebuildBelow');
    expect(reason('rebuilding', { rebuildBelow: 1024 ** 2 }, true, 5 * 1024 ** 2)).toContain('a table of 5 MB');
  });

  test('says nothing to what copies no table, however small it is set', () => {
    expect(reason('additive', {}, false, 1e12)).toBeUndefined();
    expect(reason('additive', { rebuildBelow: 0 })).toBeUndefined();
  });

  test('holds for a destructive change that has leave', () => {
    expect(reason('destructive', { allowDestructive: true }, true, 5000)).toContain('rebuildBelow');
  });

  test('looks at the largest table that the operation touches, and a table of unknown size is none', () => {
    const operation: Operation = {
      kind: 'addForeignKey',
      table: 'a',
      foreignKey: { name: 'fk', columns: ['b_id'], references: { table: 'b', columns: ['id'] } },
    };
    const step = { operation, class: 'data-dependent', rewrites: true } as const;
    expect(withholdReason(step, policy, { a: { bytes: 10 }, b: { bytes: 5000 } })).toContain('rebuildBelow');
    expect(withholdReason(step, policy, { a: { rows: 7 } })).toBeUndefined();
    // `constructor` is a name like any other.
    const odd = {
      operation: { kind: 'createTable', table: tableOf('constructor', []) },
      class: 'additive',
      rewrites: true,
    } as const;
    expect(withholdReason(odd, policy, {})).toBeUndefined();
  });
});
