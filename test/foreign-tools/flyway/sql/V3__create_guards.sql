create table guards (id integer not null primary key);
