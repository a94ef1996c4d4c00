-- CreateTable
CREATE TABLE cells (
    id INTEGER NOT NULL PRIMARY KEY,
    wing VARCHAR(20) NOT NULL
);
