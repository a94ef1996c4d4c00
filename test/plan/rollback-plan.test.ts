import { expect, test } from 'vitest';
import { describeRelease, isWhole, notBroughtBack, totalLost } from '../../src/plan/rollback-plan.ts';
import { rollbackOf } from '../tui/support/samples.ts';

const [change] = rollbackOf().plan.changes;
if (!change) throw new Error('no change');

test('a release that the database is at already is not said to come back', () => {
  expect(describeRelease({ release: 'r1', releaseNow: 'r2' })).toBe('Release r1 comes back');
  expect(describeRelease({ release: 'r1', releaseNow: 'r1' })).toBe('Release r1 stays');
  expect(describeRelease({ release: null, releaseNow: 'r1' })).toBe('The database is at no release afterwards');
});

test('what is lost is summed up, by rows and by values', () => {
  const losses = [
    { kind: 'rows', table: 'a', count: 1 },
    { kind: 'values', table: 'b', column: 'c', count: 2 },
    { kind: 'values', table: 'b', column: 'd', count: 38 },
  ] as const;
  expect(totalLost({ changes: [{ ...change, losses }] })).toBe('40 values and 1 row are lost');
  expect(totalLost({ changes: [{ ...change, losses: losses.slice(0, 1) }] })).toBe('1 row is lost');
  expect(totalLost({ changes: [{ ...change, losses: [] }] })).toBeUndefined();
});

test('what is taken back by SQL of an author is not called whole, and why is said', () => {
  const whole = { ...change, losses: [] };
  const { because: _, ...structure } = { ...whole, restores: 'structure' as const };
  expect(isWhole({ changes: [whole] })).toBe(true);
  expect(isWhole({ changes: [whole, { ...whole, runsStoredSql: true }] })).toBe(false);
  expect(isWhole({ changes: [structure] })).toBe(false);
  expect(notBroughtBack({ changes: [whole] })).toEqual([]);
  expect(notBroughtBack({ changes: [structure] })).toEqual([
    '"add column users.api_key": values that it changed stay as they are',
  ]);
});
