import { expect, it } from 'vitest';
import { backfill, byDialect, defineMigration, expectNoRows, expectRows, sql } from '../../src/index.ts';

it('returns its argument, frozen, and it is plain data', () => {
  const definition = {
    description: 'every kind of item',
    when: { exists: 'monitors', missing: 'monitors.arrest_date' },
    data: true,
    transaction: false,
    operations: [
      {
        kind: 'addColumn',
        table: 'monitors',
        column: { name: 'arrest_date', type: { type: 'date' }, nullable: true },
        renamedFrom: 'arrested',
      },
      { kind: 'renameColumn', table: 'monitors', from: 'a', to: 'b' },
      backfill('monitors', 'arrest_date', { sql: { mysql: 'now()', postgresql: 'now()', sqlite: 'current_date' } }),
      sql('analyze', { down: '', declared: 'widening', summary: 'count again', after: expectRows('select 1') }),
      expectNoRows({ mysql: 'select 1', postgresql: 'select 2', sqlite: 'select 3' }, 'none are left'),
      byDialect({ mysql: [sql('a')], sqlite: [expectRows('b')] }),
    ],
  } as const;
  const defined = defineMigration(definition);
  expect(defined).toBe(definition);
  expect(Object.isFrozen(defined)).toBe(true);
  expect(JSON.parse(JSON.stringify(defined))).toEqual(defined);
});

it('gives items that are plain data', () => {
  expect(sql('a')).toEqual({ kind: 'sql', text: 'a' });
  expect(backfill('t', 'c', { value: 1 })).toEqual({ kind: 'backfill', table: 't', column: 'c', set: { value: 1 } });
  expect(expectRows('a')).toEqual({ kind: 'expectRows', sql: 'a' });
  expect(expectNoRows('a', 'm')).toEqual({ kind: 'expectNoRows', sql: 'a', message: 'm' });
  expect(byDialect({ sqlite: [] })).toEqual({ kind: 'byDialect', sqlite: [] });
});
