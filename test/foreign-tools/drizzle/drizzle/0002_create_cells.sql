CREATE TABLE cells (
	id integer PRIMARY KEY NOT NULL,
	wing varchar(20) NOT NULL
);
