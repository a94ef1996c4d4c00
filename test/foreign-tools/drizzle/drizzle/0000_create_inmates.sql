CREATE TABLE inmates (
	id integer PRIMARY KEY NOT NULL,
	name varchar(100) NOT NULL
);
