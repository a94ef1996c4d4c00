import type { DialectName } from '../schema/sql-by-dialect.ts';
import type { Dialect } from './dialect.ts';

/** What is said to a server before it is known which one it is, and before the database exists. */
interface FirstContact {
  /** One row, one column: the version as the server writes it. */
  readonly version: string;
  /** Databases that are there on every server, to connect to while the wanted one is missing. */
  readonly managementDatabases: readonly string[];
  createDatabase(dialect: Dialect, name: string): string;
  /** The statement that lets a user in. */
  grantUse(dialect: Dialect, name: string, user: string): string;
}

/** MySQL's manual: the default charset is the server's, which may hold less than the models say. */
const mysql: FirstContact = {
  version: 'select version() as version',
  managementDatabases: ['information_schema'],
  createDatabase: (dialect, name) => `create database ${dialect.quote(name)} character set utf8mb4`,
  grantUse: (dialect, name, user) =>
    `GRANT ALL ON ${dialect.quote(name.replaceAll(/[\\%_]/gu, '\\$&'))}.* TO ${dialect.literal(user)}`,
};

/** What each database takes before its dialect is loaded. */
export const firstContact: { readonly [name in DialectName]: FirstContact } = {
  mysql,
  mariadb: mysql,
  postgresql: {
    version: 'select version() as version',
    managementDatabases: ['postgres', 'template1'],
    createDatabase: (dialect, name) => `create database ${dialect.quote(name)}`,
    grantUse: (dialect, name, user) => `GRANT CONNECT ON DATABASE ${dialect.quote(name)} TO ${dialect.quote(user)}`,
  },
  sqlite: {
    version: 'select sqlite_version() as version',
    managementDatabases: [],
    createDatabase: () => '',
    grantUse: () => '',
  },
};

/** The product that wrote this version text. */
export function productOf(driver: DialectName, version: string): DialectName {
  if (driver !== 'mysql' && driver !== 'mariadb') return driver;
  return /mariadb/iu.test(version) ? 'mariadb' : 'mysql';
}

/** The version as people know it: `MariaDB 10.11.6`, `PostgreSQL 15.3`. */
export function displayVersion(product: DialectName, version: string): string {
  const number = /\d+(?:\.\d+)+/u.exec(version)?.[0] ?? version;
  return `${productNames[product]} ${number}`;
}

const productNames: { readonly [name in DialectName]: string } = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  postgresql: 'PostgreSQL',
  sqlite: 'SQLite',
};
