-- migrate:up
alter table inmates add column release_date date;

-- migrate:down
alter table inmates drop column release_date;
