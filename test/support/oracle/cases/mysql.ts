import type { Edit, OracleCases } from './case.ts';

/** Statements that MySQL and MariaDB both understand. */
const schema = `
    CREATE TABLE users (
      id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
      username varchar(50) NOT NULL,
      format varchar(20) NOT NULL DEFAULT 'bcrypt' COMMENT 'How it is kept',
      is_active tinyint(1) NOT NULL DEFAULT 1,
      price decimal(10,2) NULL,
      note text,
      mood enum('sad','ok','happy') DEFAULT 'ok',
      created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
      updated_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
      full_name varchar(101) GENERATED ALWAYS AS (concat(username, '-', format)) STORED,
      CONSTRAINT note_check CHECK (format <> 'Bad word'),
      UNIQUE KEY unique_username (username)
    ) COMMENT='All users';
    CREATE TABLE links (
      id bigint NOT NULL,
      user_id int NOT NULL,
      other_id int,
      label varchar(10) DEFAULT 'a b',
      ranking int,
      body varchar(300) CHARACTER SET latin1,
      PRIMARY KEY (id, user_id),
      KEY by_ranking (ranking, label DESC),
      KEY by_body (body(20)),
      FULLTEXT KEY by_words (body),
      CONSTRAINT positive CHECK (ranking > 0),
      CONSTRAINT user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
      CONSTRAINT other_fk FOREIGN KEY (other_id) REFERENCES users (id) ON UPDATE SET NULL
    );
    CREATE TABLE parts (id int NOT NULL, jail varchar(20) NOT NULL, PRIMARY KEY (id, jail)) PARTITION BY KEY (jail) PARTITIONS 16;
    CREATE VIEW active_users AS SELECT id, username FROM users WHERE is_active = 1;
    CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW SET new.note = 'Touched';
    CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN 2 * n;`;

const seen: readonly Edit[] = [
  ['default in another case', "'bcrypt'", "'Bcrypt'"],
  ['white space in a default', "'a b'", "'a  b'"],
  ['default dropped', "DEFAULT 'bcrypt'", ''],
  ['number default', 'DEFAULT 1', 'DEFAULT 0'],
  ['check letter', "'Bad word'", "'bad word'"],
  ['check operator', 'ranking > 0', 'ranking >= 0'],
  ['check dropped', 'CONSTRAINT positive CHECK (ranking > 0),', ''],
  ['nullable', 'username varchar(50) NOT NULL', 'username varchar(50)'],
  ['not null', 'price decimal(10,2) NULL', 'price decimal(10,2) NOT NULL'],
  ['type length', 'varchar(50)', 'varchar(51)'],
  ['type', 'note text', 'note mediumtext'],
  ['unsigned', 'ranking int', 'ranking int unsigned'],
  [
    'time precision',
    'created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP',
    'created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)',
  ],
  ['timestamp', 'created_at datetime', 'created_at timestamp'],
  ['on update dropped', 'ON UPDATE CURRENT_TIMESTAMP', ''],
  ['scale', 'decimal(10,2)', 'decimal(10,3)'],
  ['collation of a column', 'username varchar(50)', 'username varchar(50) COLLATE utf8mb4_bin'],
  ['charset of a column', 'username varchar(50)', 'username varchar(50) CHARACTER SET latin1'],
  ['charset of another column dropped', 'CHARACTER SET latin1', ''],
  ['collation of a table', "COMMENT='All users'", "COLLATE=utf8mb4_bin COMMENT='All users'"],
  ['auto increment dropped', 'AUTO_INCREMENT PRIMARY KEY', 'PRIMARY KEY'],
  ['key order', 'PRIMARY KEY (id, user_id)', 'PRIMARY KEY (user_id, id)'],
  ['index column order', '(ranking, label DESC)', '(label DESC, ranking)'],
  ['index direction', 'label DESC', 'label'],
  ['prefix length', 'body(20)', 'body(21)'],
  ['prefix dropped', 'body(20)', 'body'],
  ['fulltext dropped', 'FULLTEXT KEY by_words (body),', ''],
  ['index comment', 'KEY by_body (body(20))', "KEY by_body (body(20)) COMMENT 'x'"],
  ['index doubled', 'KEY by_body (body(20))', 'KEY by_body (body(20)), KEY by_body_2 (body(20))'],
  ['index no longer unique', 'UNIQUE KEY', 'KEY'],
  ['foreign key action', 'ON DELETE CASCADE', 'ON DELETE NO ACTION'],
  ['foreign key update action', 'ON UPDATE SET NULL', 'ON UPDATE CASCADE'],
  ['foreign key dropped', 'CONSTRAINT user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,', ''],
  ['generated expression', "username, '-'", "username, '_'"],
  ['generated storage', ') STORED', ') VIRTUAL'],
  ['table comment', "'All users'", "'all users'"],
  ['column comment', "'How it is kept'", "'how it is kept'"],
  ['enum order', "'sad','ok','happy'", "'ok','sad','happy'"],
  ['enum value', "'sad','ok','happy'", "'sad','ok','happy','glad'"],
  ['extra column', 'price decimal', 'extra text, price decimal'],
  ['partition count', 'PARTITIONS 16', 'PARTITIONS 8'],
  ['partitions dropped', 'PARTITION BY KEY (jail) PARTITIONS 16', ''],
  ['engine', "COMMENT='All users'", "ENGINE=InnoDB ROW_FORMAT=COMPRESSED COMMENT='All users'"],
  ['view body', 'SELECT id, username FROM users', 'SELECT id, format AS username FROM users'],
  ['view security', 'CREATE VIEW', 'CREATE SQL SECURITY INVOKER VIEW'],
  ['trigger body', "'Touched'", "'touched'"],
  ['trigger time', 'BEFORE UPDATE ON users FOR EACH ROW SET new.note', 'AFTER UPDATE ON users FOR EACH ROW SET @note'],
  ['trigger sql_mode', 'CREATE TRIGGER', "SET sql_mode = 'ANSI_QUOTES'; CREATE TRIGGER"],
  ['function body', '2 * n', '3 * n'],
  ['database collation', 'CREATE TABLE parts', 'ALTER DATABASE COLLATE utf8mb4_bin; CREATE TABLE parts'],
];

const unseen: readonly Edit[] = [
  ['index name', 'KEY by_ranking', 'KEY `another key`'],
  ['unique name', 'UNIQUE KEY unique_username', 'UNIQUE KEY another'],
  ['constraint name', 'CONSTRAINT other_fk FOREIGN', 'CONSTRAINT another FOREIGN'],
  ['check name', 'CONSTRAINT positive CHECK', 'CHECK'],
  [
    'column order',
    "label varchar(10) DEFAULT 'a b',\n      ranking int",
    "ranking int,\n      label varchar(10) DEFAULT 'a b'",
  ],
  ['counter', 'CREATE VIEW', "INSERT INTO users (username) VALUES ('a'), ('b'); CREATE VIEW"],
  ['counter set', "COMMENT='All users'", "AUTO_INCREMENT=77 COMMENT='All users'"],
  [
    'log tables',
    'CREATE VIEW',
    'CREATE TABLE schema_versions (id int PRIMARY KEY); CREATE TRIGGER own BEFORE INSERT ON schema_versions FOR EACH ROW SET @a = 1; CREATE VIEW',
  ],
  ['using btree', 'KEY by_ranking (ranking, label DESC)', 'KEY by_ranking (ranking, label DESC) USING BTREE'],
];

export const mysqlCases: OracleCases = {
  schema,
  seen: [
    ...seen,
    ['invisible index', '(ranking, label DESC)', '(ranking, label DESC) INVISIBLE'],
    ['index expression', '(ranking, label DESC)', '((ranking + 1), label DESC)'],
    ['invisible column', 'price decimal(10,2) NULL', 'price decimal(10,2) NULL INVISIBLE'],
    ['check not enforced', 'CHECK (ranking > 0)', 'CHECK (ranking > 0) NOT ENFORCED'],
  ],
  unseen: [
    ...unseen,
    [
      'collation of the table repeated',
      'username varchar(50)',
      'username varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci',
    ],
    ['charset of the table repeated', 'username varchar(50)', 'username varchar(50) CHARACTER SET utf8mb4'],
  ],
};

export const mariadbCases: OracleCases = {
  schema,
  seen: [
    ...seen,
    ['ignored index', '(ranking, label DESC)', '(ranking, label DESC) IGNORED'],
    ['invisible column', 'price decimal(10,2) NULL', 'price decimal(10,2) INVISIBLE'],
    [
      'hash key',
      'UNIQUE KEY unique_username (username)',
      'UNIQUE KEY unique_username (username) USING HASH',
      'username varchar(50)',
      'username varchar(2000)',
    ],
    ['system versioning', "COMMENT='All users'", "COMMENT='All users' WITH SYSTEM VERSIONING"],
    ['a sequence', 'CREATE VIEW', 'CREATE SEQUENCE extra; CREATE VIEW'],
  ],
  unseen: [
    ...unseen,
    [
      'collation of the table repeated',
      'username varchar(50)',
      'username varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
    ],
  ],
};
