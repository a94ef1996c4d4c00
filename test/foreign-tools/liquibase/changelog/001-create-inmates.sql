--liquibase formatted sql

--changeset alice:1
create table inmates (id integer not null primary key, name varchar(100) not null);
--rollback drop table inmates;
