import { expect, it } from 'vitest';
import { proofMinimums } from '../support/proof-minimums.ts';
import { isBelowMinimum, proofDocument, proofRows } from '../support/proof-table.ts';

it('adds up the records of a proof and sees what was tried too rarely', () => {
  const name = 'convergence: random schema';
  const records = [1, 299, 300].map((cases, at) => ({ name, database: at === 2 ? 'mysql' : 'sqlite', cases }) as const);
  const rows = proofRows(records, ['sqlite', 'mysql', 'postgresql']).filter((row) => row.name === name);
  expect(rows.map(({ cases }) => cases)).toEqual([300, 300, 0]);
  expect(rows.map(isBelowMinimum)).toEqual([false, false, true]);
});

it('has a row for each proof and never asks for nothing', () => {
  const rows = proofRows([], ['sqlite', 'postgresql', 'mariadb', 'mysql']);
  expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(Object.keys(proofMinimums)));
  expect(rows.filter(({ minimum }) => minimum < 1)).toEqual([]);
  expect(proofDocument(rows)).not.toContain('passed');
});
