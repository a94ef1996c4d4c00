-- migrate:up
create table cells (id integer not null primary key, wing varchar(20) not null);

-- migrate:down
drop table cells;
