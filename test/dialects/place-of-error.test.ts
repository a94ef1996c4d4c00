import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { dialects } from '../support/dialects.ts';
import { withSession } from '../support/open-session.ts';
import { proof } from '../support/proof.ts';

const everywhere: readonly DatabaseKind[] = ['sqlite', 'postgresql', 'mariadb', 'mysql'];
const servers: readonly DatabaseKind[] = ['postgresql', 'mariadb', 'mysql'];
const mysqls: readonly DatabaseKind[] = ['mariadb', 'mysql'];

/** Statements with `^` before what is wrong in them (none: nobody can tell), on a database with `t (id, name)`. */
const wrong: readonly (readonly [string, readonly DatabaseKind[]])[] = [
  ['^selct 1', everywhere],
  ['select *\n  from t whre ^id = 1', everywhere],
  ["select 'ü🙂日本', ^nope\nfrom t", everywhere],
  ['select id,\n\tname from t\n where ^nope = 1 or nope = 2', everywhere],
  ['select id from ^missing', everywhere],
  ['select ^missing.id from t', everywhere],
  ['select id from t where id in (1, 2) and ^nofunc(id) = 1', everywhere],
  ['create table x (id int^', everywhere],
  ['insert into t (id, ^nope) values (1, 2)', everywhere],
  ['alter table t add column ^id int', everywhere],
  ['alter table t drop column ^nope', everywhere],
  ['create index i on t (id, ^nope)', everywhere],
  ['create table ^t (id int)', everywhere],
  ['drop table ^missing', everywhere],
  ['alter table ^missing add x int', everywhere],
  ["select id, ^'open", everywhere],
  ['update t set id = 1 ^2', everywhere],
  ['select id from t where id = ^= 2', servers],
  ['select id from t where id = = 2', ['sqlite']],
  ["select '🙂' from t\nwhere id = 1 ^'🙂🙂'", ['sqlite', 'postgresql']],
  ["select '🙂' from t\n where id = 1 ^'🙂🙂'", mysqls],
  [`select id from t whre ^id = - - -1 and (name) = '[^$]' + '${'x'.repeat(200)}'`, servers],
  [`select id from t whre ^id = 1 and\n${'id = 1 and\n'.repeat(30)} id = 1`, servers],
  ['create trigger g before insert on t for each row begin\n  set new.id = 1;\n  sett ^new.id = 2;\nend', mysqls],
  ['alter table t add constraint c foreign key (^nope) references t (id)', servers],
  ['do $$ begin\n  perform 1;\n  update t set id = ^nope;\nend $$', ['postgresql']],
  ['create function f() returns int language plpgsql as $$\nbegin\n  ^retrun 1;\nend $$', ['postgresql']],
  ['select 1 / 0 from (select 1) x', ['postgresql']],
];

describe.each(databaseKinds)('what is wrong in a statement is found on %s', (kind) => {
  const cases = wrong.filter(([, kinds]) => kinds.includes(kind)).map(([text]) => text);

  test.each(cases)('%j', async (text) => {
    const expected = text.includes('^') ? text.indexOf('^') : undefined;
    const sql = text.replace('^', '');
    const database = await createDatabase(kind, { name: 'place' });
    try {
      await database.run(['create table t (id int, name varchar(5))']);
      const error: unknown = await withSession(database, (session) => session.run(sql)).catch(
        (cause: unknown) => cause,
      );
      expect(error).toBeInstanceOf(Error);
      const said = String((error as Error).message);
      expect(dialects[kind].placeOfError?.(error, sql), said).toBe(expected);
      expect(dialects[kind].placeOfError?.(new Error('wrapped', { cause: error }), sql), said).toBe(expected);
      proof('place of an error', kind);
    } finally {
      await database.drop();
    }
  });

  test('and whatever an error says, the place is within the statement', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a1\'"`[]\\$-/*();\n #.ü🙂=?^+{}|') });
    const words = [
      'near "',
      '": syntax error',
      "near '",
      "' at line 1",
      'no such column: ',
      'unrecognized token: "',
      '"',
    ];
    const message = fc.array(fc.oneof(text, fc.constantFrom(...words))).map((parts) => parts.join(''));
    const number = fc.constantFrom(1064, 1054, 1060, 1305);
    fc.assert(
      fc.property(text, message, number, fc.nat(99), (sql, said, errno, position) => {
        const messages = [said, `near '${sql.slice(3)}' at line 1`, `near "${sql.slice(0, 3)}": syntax error`];
        for (const message of messages)
          for (const error of [
            { code: 'SQLITE_ERROR', errno, message },
            { code: '42703', errno, position, message },
          ]) {
            const at = dialects[kind].placeOfError?.(error, sql) ?? 0;
            expect(at).toBeGreaterThanOrEqual(0);
            expect(at).toBeLessThanOrEqual(sql.length);
          }
      }),
      { numRuns: 1000 },
    );
  });

  test('and nothing in what is no error of the server', () => {
    for (const error of [
      undefined,
      null,
      'x',
      new Error('near "x": syntax error'),
      { code: 'ECONNRESET' },
      { errno: 1064 },
    ])
      expect(dialects[kind].placeOfError?.(error, 'select x')).toBeUndefined();
  });
});
