--liquibase formatted sql

--changeset alice:1
create table inmates (
  id integer not null primary key,   -- the number
  name varchar(50)
);

--changeset bob:release-date
alter table inmates add column release_date date;
insert into inmates (id, name) values (1, 'a;  b');
--rollback alter table inmates drop column release_date;

--changeset bob:no-split splitStatements:false stripComments:false endDelimiter:/
-- kept comment
create table cells (id integer);
