create table inmates (id integer not null primary key, name varchar(100) not null);
