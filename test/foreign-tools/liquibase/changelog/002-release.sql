--liquibase formatted sql

--changeset bob:add-release-date
alter table inmates add column release_date date;

--changeset bob:index-names
create index inmates_name on inmates (name);
