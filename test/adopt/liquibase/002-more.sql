--liquibase formatted sql

-- changeset "Alice B":"two words" dbms:h2,mysql,postgresql,sqlite context:prod labels:x
--comment: says what it is
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 select 0
create table cells (id integer not null, word varchar(20) default 'ü');
--rollback drop table cells;

--changeset carol:3
/* a comment of its own */
insert into cells (id) values (1);

insert into cells (id)
values	(2);
-- rollback delete from cells;
--  not a rollback
delete from cells where id = 9;

--changeset carol:4 runOnChange:true endDelimiter:/ stripComments:false
create table more (id integer)
/
create table still (id integer)
/
--changeset carol:5
--validCheckSum: 8:aaaabbbbccccddddeeeeffff00001111
create table last_one (id integer);
