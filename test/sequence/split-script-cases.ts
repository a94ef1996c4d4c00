import type { DatabaseKind } from '../support/databases.ts';

/** A script as people write it for one database's own shell, and a query that shows that all of it took effect. */
export interface ScriptCase {
  readonly title: string;
  readonly script: string;
  readonly statements: number;
  readonly query: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const sqlite: readonly ScriptCase[] = [
  {
    title: 'triggers',
    script: `
create table a (id integer primary key, n int, "begin;" text); -- a; b
create table log (what text);
create trigger a_ins after insert on a when case new.n when 1 then 1 else 0 end begin
  insert into log values ('it''s; ' || case when new.n > 0 then 'more;' else 'less' end); /* ; */
  update a set n = n + 1 where id = new.id;
end;
CREATE TEMP TRIGGER IF NOT EXISTS a_del AFTER DELETE ON a BEGIN INSERT INTO log VALUES ('gone'); END;
insert into a (n, [begin;]) values (1, ';');
delete from a`,
    statements: 6,
    query: 'select what from log order by rowid',
    rows: [{ what: "it's; more;" }, { what: 'gone' }],
  },
  {
    title: 'a column that is called end',
    script: `create table a (id int, end int);
create trigger t after insert on a begin update a set end = 7; select end from a; end;
insert into a values (1, 2);`,
    statements: 3,
    query: 'select "end" as e from a',
    rows: [{ e: 7 }],
  },
  {
    title: 'strings and names with everything in them',
    script: `create table "t;'--" (\`a;b\` text, [c;/*] text);
insert into "t;'--" values ('\\', '/*;*/'); insert into "t;'--" values ('--;', ''';');`,
    statements: 3,
    query: `select [a;b] || [c;/*] as x from "t;'--" order by rowid`,
    rows: [{ x: '\\/*;*/' }, { x: "--;';" }],
  },
];

const postgresql: readonly ScriptCase[] = [
  {
    title: 'dollar quotes within dollar quotes',
    script: `create table a (id int, what text);
create function f() returns trigger language plpgsql as $body$
begin
  execute $$ insert into a values (2, 'x;') $$; -- ; $body
  return new;
end;
$body$;
create trigger t after insert on a for each row when (new.id = 1) execute function f();
do $$ begin insert into a values (1, $a$;$b$;$a$); end $$;`,
    statements: 4,
    query: 'select id, what from a order by id',
    rows: [
      { id: 1, what: ';$b$;' },
      { id: 2, what: 'x;' },
    ],
  },
  {
    title: 'bodies of the standard',
    script: `create table a (id int);
create procedure p(n int) begin atomic insert into a values (n); insert into a values (case n when 1 then 2 end); end;
create or replace function f() returns bigint language sql begin atomic select 1; select count(*) from a; end;
call p(1); insert into a select f();`,
    statements: 5,
    query: 'select id from a order by id',
    rows: [{ id: 1 }, { id: 2 }, { id: 2 }],
  },
  {
    title: 'rules with several statements',
    script: `create table a (id int); create table b (id int);
create rule r as on insert to a do also (insert into b values (new.id); insert into b values (new.id + 1););
insert into a values (1);`,
    statements: 4,
    query: 'select id from b order by id',
    rows: [{ id: 1 }, { id: 2 }],
  },
  {
    title: 'escape strings, unicode strings and nested comments',
    script: `/* a /* b; */ c; */ create table a (x text); /* */
insert into a values (E'it\\'s; \\\\'), ('back\\'), (U&'d\\0061t;'), (e'\\\\'); --;
insert into a values ('a;'
  'b'); select 1 where 1 <> --2;
  3;`,
    statements: 4,
    query: 'select x from a order by x collate "C"',
    rows: [{ x: '\\' }, { x: 'a;b' }, { x: 'back\\' }, { x: 'dat;' }, { x: "it's; \\" }],
  },
  {
    title: 'old bodies in plain quotes, and a delimiter',
    script: `create table a (x int);
create function f() returns int language sql as 'insert into a values (1); select ''1;''::text::int where false; select 2;';
DELIMITER //
insert into a select f(); //
delimiter ;
insert into a values (3)`.replace("''1;''::text::int where false", 'count(*)::int from a'),
    statements: 4,
    query: 'select x from a order by x',
    rows: [{ x: 1 }, { x: 2 }, { x: 3 }],
  },
];

const both: readonly ScriptCase[] = [
  {
    title: 'triggers and procedures without a delimiter',
    script: `create table data (id int, n int, \`end;\` text); create table log (what varchar(50)); # ; a
create trigger t before insert on data for each row if new.n > 1 then set new.n = 1; else set new.n = if(new.n = 1, 5, 6); end if;
create trigger v before insert on data for each row follows t if new.n = 1 then set new.n = new.n; end if;
create trigger u after insert on data for each row begin
  declare i int default 0; -- ; b
  l: loop
    set i = i + 1;
    if i > 2 then leave l; elseif i = 7 then iterate l; end if;
    insert into log values (concat('it\\'s; ', i, ";"));
  end loop l;
  while i < 5 do set i = case when i = 3 then 4 else i + 1 end; end while;
  repeat set i = i + 1; until i > 8 end repeat;
  case i when 9 then insert into log values (repeat('x', 3)); else begin end; end case;
end;
create procedure p(in x int) comment 'p; q'
begin
  declare done int default 0;
  declare exit handler for sqlexception, 1062 begin insert into log values ('failed'); end;
  declare continue handler for not found set done = 1;
  begin insert into log values ('p'); end;
  insert into no_such_table values (1);
end;
insert into data values (1, 7, ';'), (2, 1, ';'); call p(1);`,
    statements: 8,
    query: 'select what from log union all select n from data order by what',
    rows: [
      { what: '1' },
      { what: '5' },
      { what: 'failed' },
      { what: "it's; 1;" },
      { what: "it's; 1;" },
      { what: "it's; 2;" },
      { what: "it's; 2;" },
      { what: 'p' },
      { what: 'xxx' },
      { what: 'xxx' },
    ],
  },
  {
    title: 'delimiters',
    script: `create table a (id int);
DELIMITER $$
create procedure p() begin insert into a values (1); select ';' into @x; END$$
create function f() returns int deterministic return 4;
$$
delimiter //
call p(); //
DELIMITER ;
insert into a values (2); insert into a values (f())`,
    statements: 6,
    query: 'select id from a order by id',
    rows: [{ id: 1 }, { id: 2 }, { id: 4 }],
  },
  {
    title: 'a dump',
    script: `-- MySQL dump
/*!40101 SET NAMES utf8mb4 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
DROP TABLE IF EXISTS \`a\`;
CREATE TABLE \`a\` (
  \`id\` int NOT NULL COMMENT 'x;y',
  PRIMARY KEY (\`id\`)
) ENGINE=InnoDB /* ; */ DEFAULT CHARSET=utf8mb4;
DELIMITER ;;
/*!50003 CREATE*/ /*!50003 TRIGGER \`t\` BEFORE INSERT ON \`a\` FOR EACH ROW BEGIN SET NEW.id = NEW.id + 1; END */;;
DELIMITER ;
/*!50003 CREATE*/ /*!50003 TRIGGER \`u\` BEFORE INSERT ON \`a\` FOR EACH ROW BEGIN SET NEW.id = NEW.id + 1; END */;
INSERT INTO \`a\` VALUES (1),(5);
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;`,
    statements: 8,
    query: 'select id from a order by id',
    rows: [{ id: 3 }, { id: 7 }],
  },
  {
    title: 'strings, names and comments with everything in them',
    script: `create table \`t;'--#\` (\`a;"b\` text); # x;y
insert into \`t;'--#\` values ('\\';--'), ("\\";#"), ('a'';'), ("b"";"), ('\\\\'), ("/*;"); --	;
insert into \`t;'--#\` select 5 --3; -- minus minus three
select 4 */* ; */2;`,
    statements: 4,
    query: 'select `a;"b` as x from `t;\'--#` order by hex(`a;"b`)',
    rows: [{ x: '";#' }, { x: "';--" }, { x: '/*;' }, { x: '8' }, { x: '\\' }, { x: "a';" }, { x: 'b";' }],
  },
  {
    title: 'functions and events with names that are words',
    script: `create table a (\`begin\` int, \`end\` int);
create function f(x int) returns varchar(10) charset utf8mb4 deterministic begin return if(x, case x when 1 then 'one' else 'more' end, 'none'); end;
create function g() returns int deterministic return case when 1 then 2 else 3 end;
create event if not exists e on schedule every 1 year starts now() + interval 1 year do begin delete from a; delete from a; end;
create trigger t before insert on a for each row set new.begin = if(new.end = 2, 1, 0), new.end = g();
insert into a values (0, 2); drop event e;`,
    statements: 7,
    query: 'select `begin` as b, `end` as e, f(1) as one, f(2) as two from a',
    rows: [{ b: 1, e: 2, one: 'one', two: 'more' }],
  },
];

const mariadb: readonly ScriptCase[] = [
  ...both,
  {
    title: 'compound statements by themselves',
    script: `create table a (id int);
begin not atomic declare x int default 1; if x then insert into a values (x); end if; begin insert into a values (2); end; end;
for i in 3..4 do insert into a values (i); end for;
if 1 then insert into a values (5); elseif 2 then select 2; else select 3; end if;
/*M!100000 insert into a values (6) */;`,
    statements: 5,
    query: 'select id from a order by id',
    rows: [1, 2, 3, 4, 5, 6].map((id) => ({ id })),
  },
];

/** Scripts for each database. */
export const scriptCases: { readonly [kind in DatabaseKind]: readonly ScriptCase[] } = {
  sqlite,
  postgresql,
  mariadb,
  mysql: both,
};
