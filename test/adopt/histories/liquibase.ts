import { by, type WrittenHistory } from './history.ts';
import type { DatabaseKind } from '../../support/databases.ts';

/** Names are not quoted, so PostgreSQL has them in lower case; MySQL's lock is a bit. */
export const liquibase: WrittenHistory = {
  tool: 'liquibase',
  source: 'Liquibase 4.28, statements of update-sql',
  kinds: ['sqlite', 'postgresql', 'mariadb', 'mysql'],
  globs: ['changelog/*.sql'],
  tables: (kind) =>
    kind === 'postgresql'
      ? ['databasechangelog', 'databasechangeloglock']
      : ['DATABASECHANGELOG', 'DATABASECHANGELOGLOCK'],
  create: (kind) => [
    `CREATE TABLE DATABASECHANGELOGLOCK (ID INT NOT NULL, LOCKED ${by(kind, { sqlite: 'BOOLEAN', postgresql: 'BOOLEAN', mysql: 'BIT(1)' })} NOT NULL,
      LOCKGRANTED ${time(kind)}, LOCKEDBY VARCHAR(255), CONSTRAINT PK_DATABASECHANGELOGLOCK PRIMARY KEY (ID))`,
    `INSERT INTO DATABASECHANGELOGLOCK (ID, LOCKED) VALUES (1, ${kind === 'postgresql' ? 'FALSE' : 0})`,
    `CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL,
      DATEEXECUTED ${time(kind)} NOT NULL, ORDEREXECUTED INT NOT NULL, EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35),
      DESCRIPTION VARCHAR(255), COMMENTS VARCHAR(255), TAG VARCHAR(255), LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255),
      LABELS VARCHAR(255), DEPLOYMENT_ID VARCHAR(10))`,
    row(1, 'EXECUTED', ['1', 'alice', 'changelog/001-create-inmates.sql']),
    row(2, 'MARK_RAN', ['add-release-date', 'bob', 'changelog/002-release.sql']),
    row(3, 'SKIPPED', ['only-oracle', 'bob', 'changelog/003-oracle.sql']),
    row(4, 'RERAN', ['index-names', 'bob', 'changelog/002-release.sql']),
  ],
  expected: [
    {
      migration: '001-create-inmates',
      name: 'changelog/001-create-inmates.sql::1::alice',
      path: 'changelog/001-create-inmates.sql',
      verified: true,
      appliedAt: '2024-03-01 08:00:00.000000',
    },
    {
      migration: 'changelog_002-release.sql_add-release-date_bob-1b8c89fef62b',
      name: 'changelog/002-release.sql::add-release-date::bob',
      verified: true,
    },
    // The last of a file completes it.
    {
      migration: '002-release',
      name: 'changelog/002-release.sql::index-names::bob',
      path: 'changelog/002-release.sql',
      verified: true,
    },
  ],
  unfinished: [
    {
      title: 'a changeset failed',
      statements: () => [row(5, 'FAILED', ['5', 'bob', 'changelog/003-broken.sql'])],
      says: /003-broken\.sql::5::bob is failed/u,
    },
    {
      title: 'a file is applied in part',
      statements: () => [`DELETE FROM DATABASECHANGELOG WHERE ID = 'index-names'`],
      says: /the changeset bob:index-names of changelog\/002-release\.sql is not applied, others of the file are/u,
    },
    {
      title: 'the lock is held',
      statements: (kind) => [
        `update DATABASECHANGELOGLOCK set LOCKED = ${kind === 'postgresql' ? 'true' : 1}, LOCKEDBY = 'deploy-7 (10.0.0.7)'`,
      ],
      says: /is held by deploy-7 \(10\.0\.0\.7\)/u,
    },
  ],
};

function time(kind: DatabaseKind): string {
  return by(kind, { sqlite: 'TEXT', postgresql: 'TIMESTAMP WITHOUT TIME ZONE', mysql: 'datetime' });
}

/** As Liquibase 4.28.0 makes them of the files beside. */
const sums: Readonly<Record<string, string>> = {
  '1': '9:311171d4b8f8439b4e907760cb1a95ba',
  'add-release-date': '9:6d8945f6e8e260c7e2a0c9e18035afd0',
  'index-names': '9:12581cfddbe4ac5dc1bc8a6dc66ff83d',
};

function row(order: number, type: string, [id, author, file]: readonly string[]): string {
  return `INSERT INTO DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, EXECTYPE, MD5SUM, DESCRIPTION, LIQUIBASE)
    VALUES ('${id}', '${author}', '${file}', '2024-03-01 08:00:00', ${order}, '${type}', '${sums[id ?? ''] ?? ''}', 'sql', '4.28.0')`;
}
