-- Up Migration
create table cells (id integer primary key, wing varchar(20) not null);

-- Down Migration
drop table cells;
