import { expect, test } from 'vitest';
import { loadDialect } from '../../src/dialects/index.ts';
import { droppedBy } from '../../src/schema/statement-effect.ts';

const { lexis } = await loadDialect('postgresql');

test.each([
  ['drop table if exists a, "B c" cascade', [{ table: 'a' }, { table: 'B c' }]],
  ['drop table other.a', [{ table: '"other"."a"' }]],
  [
    'alter table only a add column x int default (1), drop column if exists y cascade, drop z; drop index i',
    [
      { table: 'a', column: 'y' },
      { table: 'a', column: 'z' },
    ],
  ],
  ['alter table a drop constraint b; -- drop table c\ninsert into a values (1); create table d (x int)', []],
  ['alter table a alter column b type int', undefined],
  ['delete from a', undefined],
  ['drop schema other cascade', undefined],
  ['insert into a values (1) on conflict do update set b = 2', undefined],
  ['drop table a; update b set c = 1', undefined],
  ['alter table a drop partition p0', undefined],
  ['insert into a with gone as (delete from b returning *) select * from gone', undefined],
  ['create table a (b int references c (d) on delete cascade)', []],
])('what goes with %s', (text, dropped) => {
  expect(droppedBy(text, lexis)).toEqual(dropped);
});
