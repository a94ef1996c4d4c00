import { MigrateError } from '../errors.ts';
import type { DialectName } from '../schema/sql-by-dialect.ts';
import { importPackage } from './project-package.ts';

/** A driver class of MikroORM, as configs name it. */
export type DriverClass = abstract new (...parameters: never[]) => unknown;

/** The database that a driver class is for. Throws DRIVER_UNKNOWN. */
export function dialectOfDriver(driver: DriverClass): DialectName {
  for (let found: unknown = driver; typeof found === 'function'; found = Object.getPrototypeOf(found)) {
    const dialect = dialectsByDriver[found.name];
    if (dialect) return dialect;
  }
  throw new MigrateError('DRIVER_UNKNOWN', { driver: driver.name });
}

/** The driver class for a database, from the package that the project has. Throws DRIVER_MISSING. */
export async function importDriver(dialect: DialectName, from: string, version: string): Promise<DriverClass> {
  const { package: name, driver } = drivers[dialect];
  const exported = await importPackage(name, from, version);
  return exported[driver] as DriverClass;
}

/** True when one driver can at least ask the other's server who it is. */
export function isSameFamily(a: DialectName, b: DialectName): boolean {
  return drivers[a].family === drivers[b].family;
}

const drivers: { readonly [name in DialectName]: { package: string; driver: string; family: string } } = {
  sqlite: { package: '@mikro-orm/sqlite', driver: 'SqliteDriver', family: 'sqlite' },
  postgresql: { package: '@mikro-orm/postgresql', driver: 'PostgreSqlDriver', family: 'postgresql' },
  mysql: { package: '@mikro-orm/mysql', driver: 'MySqlDriver', family: 'mysql' },
  mariadb: { package: '@mikro-orm/mariadb', driver: 'MariaDbDriver', family: 'mysql' },
};

/** The base class of an own driver counts too; MariaDB's is found before MySQL's. */
const dialectsByDriver: Readonly<Record<string, DialectName>> = {
  ...Object.fromEntries(Object.entries(drivers).map(([dialect, { driver }]) => [driver, dialect as DialectName])),
  LibSqlDriver: 'sqlite',
  NodeSqliteDriver: 'sqlite',
};
