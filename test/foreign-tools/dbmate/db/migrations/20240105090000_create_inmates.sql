-- migrate:up
create table inmates (id integer not null primary key, name varchar(100) not null);

-- migrate:down
drop table inmates;
