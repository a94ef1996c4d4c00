-- +goose Up
create table inmates (id integer not null primary key, name varchar(100) not null);

-- +goose Down
drop table inmates;
