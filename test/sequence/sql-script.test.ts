import { describe, expect, test } from 'vitest';
import { MigrateError } from '../../src/errors.ts';
import { readSqlScript } from '../../src/sequence/sql-script.ts';
import type { DatabaseKind } from '../support/databases.ts';
import { dialects } from '../support/dialects.ts';

const read = (text: string, kind: DatabaseKind = 'postgresql', only?: 'up' | 'down') =>
  readSqlScript(text, { lexis: dialects[kind].lexis, path: 'migrations/x.sql', ...(only && { only }) });

describe('an SQL file', () => {
  test('without a section is all up', () => {
    expect(read('-- make it\ncreate table a (x int);\n\n  insert into a values (1);')).toEqual({
      source: 'legacy',
      transaction: true,
      steps: [
        { kind: 'statement', text: 'create table a (x int)', place: { line: 2, column: 1 }, declared: 'additive' },
        { kind: 'statement', text: 'insert into a values (1)', place: { line: 4, column: 3 }, declared: 'additive' },
      ],
    });
  });

  test('without anything in it does nothing', () => {
    expect(read('')).toEqual({ source: 'legacy', transaction: true, steps: [] });
    expect(read('-- nothing\n;')).toEqual({ source: 'legacy', transaction: true, steps: [] });
  });

  test('has sections with options, conditions and expectations', () => {
    const script = `-- migrate:when exists:monitors.arrest_date
-- migrate:when missing:old "table"
-- migrate:up transaction:false data:true class:dataDependent
-- migrate:expect-no-rows select 1 from a where x = ';';
update a set x = 1;
-- migrate:after expect-rows select 2
insert into a values (2)
-- migrate:expect-rows select 3
-- migrate:down
delete from a; drop table a;`;
    expect(read(script)).toEqual({
      source: 'legacy',
      transaction: false,
      data: true,
      when: { exists: 'monitors.arrest_date', missing: 'old "table"' },
      steps: [
        { kind: 'expect', expectation: { sql: "select 1 from a where x = ';'", rows: 'none' } },
        { kind: 'statement', text: 'update a set x = 1', place: { line: 5, column: 1 }, declared: 'dataDependent' },
        {
          kind: 'statement',
          text: 'insert into a values (2)',
          place: { line: 7, column: 1 },
          after: { sql: 'select 2', rows: 'some' },
          declared: 'dataDependent',
        },
        { kind: 'expect', expectation: { sql: 'select 3', rows: 'some' } },
      ],
      down: [
        { kind: 'statement', text: 'delete from a', place: { line: 10, column: 1 }, declared: 'additive' },
        { kind: 'statement', text: 'drop table a', place: { line: 10, column: 16 }, declared: 'destructive' },
      ],
    });
  });

  test('of dbmate, with its empty way back, has none', () => {
    expect(read('-- migrate:up\ncreate table a (x int);\n\n-- migrate:down\n\n').down).toBeUndefined();
  });

  test.each([
    [
      'goose',
      '-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\nselect 1; select 2;\n-- +goose StatementEnd\nselect 3;\n-- +goose Down\nselect 4;',
    ],
    [
      'sql-migrate',
      '-- +migrate Up notransaction\n-- +migrate StatementBegin\nselect 1; select 2;\n-- +migrate StatementEnd\nselect 3;\n-- +migrate Down\nselect 4;',
    ],
  ])('of %s is read by its marks', (_, script) => {
    const { transaction, steps, down } = read(script);
    expect(transaction).toBe(false);
    expect(steps.map((step) => step.kind === 'statement' && step.text)).toEqual(['select 1; select 2', 'select 3']);
    expect(down?.map(({ text }) => text)).toEqual(['select 4']);
  });

  test('keeps a condition for a statement that goose marks', () => {
    const script =
      '-- +goose Up\n-- migrate:after expect-rows select 1\n-- +goose StatementBegin\nselect 2;\n-- +goose StatementEnd';
    expect(read(script).steps).toMatchObject([{ text: 'select 2', after: { sql: 'select 1' } }]);
  });

  test('may be one of a pair', () => {
    expect(read('select 1', 'mysql', 'down')).toMatchObject({ steps: [], down: [{ text: 'select 1' }] });
    expect(read('-- migrate:down transaction:false\nselect 1', 'mysql', 'down')).toMatchObject({ transaction: false });
  });
});

describe('what an SQL file may not hold is refused with its place', () => {
  test.each<[string, string, string, ...DatabaseKind[]]>([
    ['-- migrate:upp\n', '1:1', 'did you mean `-- migrate:up`'],
    ['a;\n  -- migrate:Down\nb', '2:3', 'did you mean `-- migrate:down`'],
    ['-- migrate : up', '1:1', 'did you mean `-- migrate:up`'],
    ['-- migrate up\nx', '1:1', 'did you mean `-- migrate:up`'],
    ['-- migrate:__proto__', '1:1', 'is no directive'],
    ['-- migrate:', '1:1', 'is no directive'],
    ['-- +goose Upp', '1:1', 'did you mean `Up`'],
    ['-- +goose ENVSUB ON', '1:1', 'is no mark'],
    ['-- migrate:up transactions:false', '1:1', 'did you mean `transaction`'],
    ['-- migrate:up transaction:no', '1:1', 'neither true nor false'],
    ['-- migrate:up class:destructiv', '1:1', 'did you mean `destructive`'],
    ['-- migrate:up\n-- migrate:down data:true', '2:1', 'belong to the section up'],
    ['-- migrate:up\n-- migrate:up', '2:1', 'twice'],
    ['-- migrate:down\nselect 1', '1:1', 'no section `-- migrate:up`'],
    ['select 1;\n-- migrate:up', '1:1', 'before the first section'],
    ['-- migrate:expect-rows select 1\n-- migrate:up', '1:1', 'before the first section'],
    ['-- migrate:up\n-- migrate:down\n-- migrate:expect-rows select 1', '3:1', 'belongs to the section up'],
    ['-- migrate:when present:x', '1:1', 'takes `exists:'],
    ['-- migrate:when exists:x\n-- migrate:when exists:y', '2:1', 'twice'],
    ['-- migrate:expect-rows', '1:1', 'query is missing'],
    ['-- migrate:expect-rows select 1; select 2', '1:1', 'one query'],
    ['-- migrate:expect-rows -- select 1', '1:1', 'one query'],
    ['-- migrate:after expect-row select 1\nselect 2', '1:1', 'did you mean `expect-rows`'],
    ['-- migrate:after up\nselect 2', '1:1', 'expect-rows or expect-no-rows'],
    ['-- migrate:after expect-rows select 1', '1:1', 'no statement follows'],
    ['-- migrate:after expect-rows select 1\n-- migrate:expect-rows select 2\nselect 3', '1:1', 'no statement follows'],
    ['a;\n  /* b;\n-- migrate:down\nc', '2:3', 'comment that begins here has no end', 'sqlite', 'mysql', 'postgresql'],
    ['a /* b /* c */', '1:3', 'comment that begins here has no end'],
    ['/*/', '1:1', 'comment that begins here has no end', 'sqlite', 'mysql', 'postgresql'],
    ['-- +goose Up\n-- +goose StatementBegin\na;\n-- +goose Down\nb;', '2:1', 'statement that begins here has no end'],
    ['-- +goose Up\na;\n-- +goose StatementEnd', '3:1', 'has no beginning'],
    ['a;\n begin; b', '2:2', 'transaction:false'],
    ['START /* x */ TRANSACTION', '1:1', 'START TRANSACTION within'],
    ['commit work', '1:1', 'COMMIT within'],
    ['-- migrate:up\na;\n-- migrate:down\nrollback', '4:1', 'ROLLBACK within'],
    ['end', '1:1', 'END within', 'postgresql', 'sqlite'],
    ['\\i other.sql\nselect 1;', '1:1', '`\\i` is a command'],
    ['select 1 \\gexec', '1:1', '`\\gexec` is a command'],
    ['a;\nsource other.sql', '2:1', '`source` is a command', 'mysql', 'mariadb'],
    ['\\. other.sql', '1:1', '`\\.` is a command', 'mysql'],
    ['.read other.sql', '1:1', '`.read` is a command', 'sqlite'],
    ["COPY a (x) FROM stdin;\n1\\t'\n\\.\n", '1:1', 'COPY with stdin'],
    ['copy a to stdout', '1:1', 'COPY with stdout'],
  ])('%j', (script, where, message, ...kinds) => {
    for (const kind of kinds.length > 0 ? kinds : (['postgresql'] as const)) {
      const error = catchError(() => read(script, kind));
      expect(error).toBeInstanceOf(MigrateError);
      expect(error).toMatchObject({ code: 'MIGRATION_DOES_NOT_LOAD', context: { path: 'migrations/x.sql', where } });
      expect(error).toHaveProperty('message', expect.stringContaining(message));
    }
  });

  test('and a section of the other file of a pair', () => {
    expect(() => read('-- migrate:down\nx', 'mysql', 'up')).toThrow('the other file of the pair');
  });

  test.each<[string, DatabaseKind]>([
    ['rollback to savepoint a', 'postgresql'],
    ['rollback work to a', 'mysql'],
    ['begin not atomic select 1; end', 'mariadb'],
    ['-- migrate:up transaction:false\nbegin; commit;', 'postgresql'],
    ['insert into a values (\\N)', 'mysql'],
    ["insert into a values ('\\i')", 'mysql'],
    ["copy a from '/x'", 'postgresql'],
    ['create table source (x int)', 'mysql'],
  ])('but not %j', (script, kind) => {
    expect(read(script, kind).steps.length).toBeGreaterThan(0);
  });
});

test.each([
  ['drop table a', 'destructive'],
  ['DROP /* x */ TABLE IF EXISTS a', 'destructive'],
  ['drop schema a', 'destructive'],
  ['truncate a', 'destructive'],
  ['alter table a drop b', 'destructive'],
  ['alter table a add c int, drop column b', 'destructive'],
  ['alter table a drop "constraint"', 'destructive'],
  ['alter table a drop partition p', 'destructive'],
  ['alter table a drop constraint b, alter c drop not null, alter c drop default', 'additive'],
  ['alter table a drop foreign key b, drop primary key, drop index c', 'additive'],
  ['alter table a add "drop" int', 'additive'],
  ['drop index a', 'additive'],
  ['drop view a', 'additive'],
  ['create table a (x int)', 'additive'],
  ["insert into a values ('drop table a')", 'additive'],
])('%s is %s where its author does not say', (sql, expected) => {
  expect(read(sql).steps).toMatchObject([{ declared: expected }]);
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
