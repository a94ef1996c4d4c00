-- +goose Up
alter table inmates add column release_date date;

-- +goose Down
alter table inmates drop column release_date;
