import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { tokenize } from '../../src/schema/expression.ts';
import type { DialectName } from '../../src/schema/sql-by-dialect.ts';
import { splitScript } from '../../src/sequence/split-script.ts';
import { databaseKinds } from '../support/databases.ts';
import { dialects } from '../support/dialects.ts';
import { proof } from '../support/proof.ts';

const texts = (script: string, kind: DialectName): string[] =>
  splitScript(script, dialects[kind].lexis).map(({ text }) => text);

const everywhere: readonly DialectName[] = ['sqlite', 'postgresql', 'mariadb', 'mysql'];
const servers: readonly DialectName[] = ['mariadb', 'mysql'];

describe('a script comes apart into its statements', () => {
  test.each<[readonly DialectName[], string, readonly string[]]>([
    [everywhere, '', []],
    [everywhere, ' ;; \n ; ', []],
    [everywhere, 'select 1', ['select 1']],
    [everywhere, 'select 1;\nselect 2 ;', ['select 1', 'select 2']],
    [everywhere, "select 'a;b', 'it''s;';select 2", ["select 'a;b', 'it''s;'", 'select 2']],
    [everywhere, '-- a;b\nselect 1 -- c;d\n;/* e;f */ select 2 /* g */;', ['select 1', 'select 2']],
    [everywhere, 'select 1 /* ; */ + 1; select 2', ['select 1 /* ; */ + 1', 'select 2']],
    [everywhere, "select 'open; select 2", ["select 'open; select 2"]],
    [everywhere, 'begin; select 1; end; commit', ['begin', 'select 1', 'end', 'commit']],
    [everywhere, 'delimiter //\nselect 1; //\nselect 2 // delimiter ;', ['select 1', 'select 2', 'delimiter']],
    [everywhere, 'DELIMITER $$\nselect 1$$\n  delimiter ; \nselect 2; select 3', ['select 1', 'select 2', 'select 3']],
    [everywhere, 'a int;--> statement-breakpoint\nb;\n--> statement-breakpoint\nc', ['a int', 'b', 'c']],
    [everywhere, '-- +goose StatementBegin\na; b;\nc;\n-- +goose StatementEnd\nd;', ['a; b;\nc', 'd']],
    [everywhere, 'select 1\n-- migrate:down\nselect 2', ['select 1', 'select 2']],
    [['sqlite'], 'select "a;b", `c;d`, [e;f]; select 2', ['select "a;b", `c;d`, [e;f]', 'select 2']],
    [['sqlite', 'postgresql'], "select 'a\\'; select 2", ["select 'a\\'", 'select 2']],
    [['sqlite', 'postgresql'], 'select 1 --2;\n; select 3', ['select 1', 'select 3']],
    [['postgresql'], "select E'a\\';b' , e'\\''; select 2", ["select E'a\\';b' , e'\\''", 'select 2']],
    [['postgresql'], "select date'a\\'; select 2", ["select date'a\\'", 'select 2']],
    [['postgresql'], 'select $$a;b$$, $x$ $$; $x$; select 2', ['select $$a;b$$, $x$ $$; $x$', 'select 2']],
    [['postgresql'], 'select $größe$ ; $größe$; select 2', ['select $größe$ ; $größe$', 'select 2']],
    [['postgresql'], 'select a$1; select $1$;$', ['select a$1', 'select $1$', '$']],
    [['postgresql'], '/* a /* b; */ c; */ select 1; select 2', ['select 1', 'select 2']],
    [
      ['postgresql'],
      'create rule r as on insert to t do also (a; b); c',
      ['create rule r as on insert to t do also (a; b)', 'c'],
    ],
    [['sqlite', ...servers], '/* a /* b; */ c; d', ['c', 'd']],
    [servers, 'select \'a\\\';b\', "c\\";d", `e;f`; select 2', ['select \'a\\\';b\', "c\\";d", `e;f`', 'select 2']],
    [servers, 'select 1 --2;\n; select 3 # a;b\n; --\tc;\nselect 4; --', ['select 1 --2', 'select 3', 'select 4']],
    [
      servers,
      '/*!40101 set names utf8mb4 */; select /*+ a;b */ 1;',
      ['/*!40101 set names utf8mb4 */', 'select /*+ a;b */ 1'],
    ],
    [servers, 'select 2 */* a; */ 3; b', ['select 2 */* a; */ 3', 'b']],
    [
      servers,
      'delimiter $$\ncreate procedure p() begin a; END$$\ndelimiter ;\nb',
      ['create procedure p() begin a; END', 'b'],
    ],
  ])('on %j: %s', (kinds, script, expected) => {
    for (const kind of kinds) expect(texts(script, kind), kind).toEqual(expected);
  });
});

describe('the body of a statement stays whole', () => {
  const bodies: readonly (readonly [readonly DialectName[], string])[] = [
    [['sqlite'], 'create trigger t after insert on a begin update a set n = 1; delete from b; end'],
    [
      ['sqlite'],
      'CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE OF x ON a WHEN CASE 1 WHEN 1 THEN 1 END BEGIN SELECT CASE 1 WHEN 2 THEN 3 END; END',
    ],
    [['sqlite'], 'create trigger t after insert on a begin update a set "end" = 1, end = 2; select end from a; end'],
    [
      ['postgresql'],
      'create or replace function f() returns int language sql begin atomic select case 1 when 1 then 2 end; select 1; end',
    ],
    [['postgresql'], 'create procedure p() begin atomic insert into t values (1); insert into t values (2); end'],
    [servers, 'create trigger t before insert on data for each row begin set new.a = 1; set new.end = 2; end'],
    [servers, 'create trigger t before insert on a for each row follows u if new.a > 1 then set new.a = 1; end if'],
    [
      servers,
      'create definer=`a`@`b` trigger t before insert on a for each row set new.a = if(new.b, 1, 2), new.begin = 3',
    ],
    [
      servers,
      "create definer = current_user procedure p(in x int) comment 'x' if (x) then begin end; else case x when 1 then select 1; else begin select 2; end; end case; end if",
    ],
    [
      servers,
      'create procedure p() l: loop if x then leave l; end if; set x = case when a then if(b, 1, 2) else if(c, 3, 4) end; end loop l',
    ],
    [
      servers,
      'create procedure p() begin declare exit handler for sqlexception, 1062 begin rollback; resignal; end; declare continue handler for not found set done = 1; a: while x do set x = 0; end while a; repeat set x = repeat("a", 3); until x end repeat; end',
    ],
    [
      servers,
      'create procedure p() begin select begin, end from t; update t set begin = 1, end = 2; if exists (select 1) then drop table if exists t; end if; end',
    ],
    [
      servers,
      'create function f(a int) returns varchar(10) charset utf8mb4 begin return if(a, case a when 1 then 2 end, 3); end',
    ],
    [servers, 'create function f() returns int deterministic return case when 1 then 2 else 3 end'],
    [servers, 'create event e on schedule every 1 day starts now() do begin delete from t; delete from u; end'],
    [servers, 'alter definer=a@b event e do begin delete from t; delete from u; end'],
    [
      servers,
      '/*!50003 create*/ /*!50017 definer=`a`@`b`*/ /*!50003 trigger t before insert on a for each row begin set new.a = 1; end */',
    ],
    [['mariadb'], 'begin not atomic declare x int default 1; if x then select 1; end if; begin select 2; end; end'],
    [['mariadb'], 'for i in 1..3 do insert into t values (i); end for'],
    [['mariadb'], 'if 1 then select 1; elseif 2 then select 2; else select 3; end if'],
    [servers, 'create table begin_end (`begin` int, `case` int)'],
    [servers, 'create table `trigger` (a int)'],
  ];

  test.each(bodies)('on %j: %s', (kinds, body) => {
    for (const kind of kinds) expect(texts(`a;\n${body};\n${body} ; c;`, kind), kind).toEqual(['a', body, body, 'c']);
  });
});

test('each statement has its line, column and offset', () => {
  const script = "-- x\n  a;\n\n\tb\n'x\ny'; c;d";
  expect(splitScript(script, dialects.sqlite.lexis)).toEqual([
    { text: 'a', place: { line: 2, column: 3 }, start: 7 },
    { text: "b\n'x\ny'", place: { line: 4, column: 2 }, start: 12 },
    { text: 'c', place: { line: 6, column: 5 }, start: 21 },
    { text: 'd', place: { line: 6, column: 7 }, start: 23 },
  ]);
});

describe('whatever the bytes', () => {
  const words = [
    'begin',
    'end',
    'case',
    'if',
    'create trigger t ',
    'create function f() ',
    'begin atomic',
    'delimiter //',
    '//',
    '$$',
    '$a$',
    '/*',
    '*/',
    '/*!',
    '--',
    '-- ',
    '#',
    "E'",
    '-- +goose StatementBegin\n',
    '-- +goose StatementEnd\n',
    '-- migrate:up\n',
    '--> statement-breakpoint',
  ];
  const script = fc
    .array(
      fc.oneof(
        fc.constantFrom(...words),
        fc.string({ unit: fc.constantFrom(...'a1\'"`[]\\$-/*();\n\t #.ü🙂=|@:\0\r') }),
        fc.string({ unit: 'binary' }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  test.each(databaseKinds)(
    'every statement is in the script, none overlaps, and between them nothing is SQL (%s)',
    (kind) => {
      const runs = 2000;
      fc.assert(
        fc.property(script, (text) => {
          const { lexis } = dialects[kind];
          let at = 0;
          for (const { text: statement, start, place } of splitScript(text, lexis)) {
            expect(statement).not.toBe('');
            expect(start).toBeGreaterThanOrEqual(at);
            expect(text.slice(start, start + statement.length)).toBe(statement);
            expect(text.split('\n')[place.line - 1]?.slice(place.column - 1) ?? '').toBe(
              text.slice(start).split('\n')[0],
            );
            expectNoSql(text.slice(at, start), kind);
            at = start + statement.length;
          }
          expectNoSql(text.slice(at), kind);
        }),
        { numRuns: runs },
      );
      proof('splitter: fuzzed script', kind, runs);
    },
  );

  /** White space, comments and delimiters. Drizzle's mark is a delimiter, or (within goose's marks) a comment. */
  function expectNoSql(gap: string, kind: DialectName): void {
    const readings = [gap, gap.replaceAll(/(?<!-)--> statement-breakpoint/gu, ' ')].map((text) => sqlIn(text, kind));
    // What follows DELIMITER on its line is not SQL, whatever it is.
    if (!/delimiter/iu.test(gap))
      expect(
        readings.some((sql) => /^(?:;|\/\/)*$/u.test(sql)),
        gap,
      ).toBe(true);
  }

  function sqlIn(gap: string, kind: DialectName): string {
    const tokens = tokenize(gap, dialects[kind].lexis).filter(({ kind: type }) => type !== 'comment');
    return tokens.map(({ text }) => text).join('');
  }

  const pieces: { readonly [kind in DialectName]: readonly string[] } = {
    sqlite: [
      "select ';'",
      'select [a;b], `c;`',
      'create trigger t after insert on a begin select 1; select case 1 when 2 then 3 end; end',
    ],
    postgresql: [
      'select $$;$$',
      'select $a$;$a$',
      "select E'\\';'",
      '/* /* ; */ ; */ select 1',
      'create function f() begin atomic select 1; end',
      'create rule r as on insert to t do (a; b)',
    ],
    mysql: [
      'select `;`, ";\\";"',
      'select 1 # ;\n+ 1',
      'create procedure p() begin if a then select 1; end if; end',
      'create trigger t before insert on a for each row begin set new.a = 1; end',
    ],
    mariadb: [
      'select `;`, ";\\";"',
      'begin not atomic select 1; end',
      'for i in 1..3 do select 1; end for',
      'create event e do begin select 1; end',
    ],
  };
  const common = [
    'select 1',
    "insert into a values ('it''s; fine')",
    'update "t" set a = 1 -- ;\n where b',
    'select /* ; */ 2',
    'commit',
    'begin',
  ];

  test.each(databaseKinds)('statements that are joined come apart again (%s)', (kind) => {
    const runs = 500;
    const statement = fc.constantFrom(...common, ...pieces[kind]);
    const joint = fc.constantFrom(
      ';',
      ' ;\n',
      '; -- x;y\n',
      ';/* ; */',
      '\n;;\n',
      '--> statement-breakpoint\n',
      ';\n-- migrate:after expect-rows a;b\n',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(statement, joint)), (list) => {
        const given = list.map(([text]) => text.replace(/^\/\*.*\*\/ /u, ''));
        expect(texts(list.flat().join(''), kind)).toEqual(given);
      }),
      { numRuns: runs },
    );
    proof('splitter: fuzzed script', kind, runs);
  });

  test.each(databaseKinds)('a large script takes no longer than its size (%s)', (kind) => {
    for (const part of [
      'select 1;',
      "select 'a",
      '/* ',
      '(((',
      "E'\\",
      'create trigger t begin ',
      '$a$ $b$ ',
      '-- x\n',
      'delimiter x\n',
      'case ',
    ]) {
      const before = performance.now();
      splitScript(part.repeat(Math.ceil(300_000 / part.length)), dialects[kind].lexis);
      expect(performance.now() - before, part).toBeLessThan(5000);
    }
  });
});
