import type { TestDatabase } from '../../test/support/databases.ts';

/** The nine tables and how many columns each has (on MySQL and MariaDB `inmates` has one more, for its unique key). */
const columns: Readonly<Record<string, number>> = {
  users: 10,
  groups: 7,
  user_groups: 6,
  jails: 10,
  inmates: 16,
  monitors: 13,
  monitor_links: 6,
  monitor_inmate_links: 8,
  sessions: 10,
};

/** What is not there of the nine tables; `undefined` when all is. A tool that ends well but did nothing is found here. */
export async function missingOf(database: TestDatabase): Promise<string | undefined> {
  const rows = await database.query(queries[database.kind]);
  const found = new Map(rows.map(({ name, n }) => [String(name), Number(n)]));
  const wrong = Object.entries(columns).flatMap(([name, wanted]) => {
    const n = found.get(name) ?? 0;
    const isWide = name === 'inmates' && ['mysql', 'mariadb'].includes(database.kind);
    return n === (isWide ? wanted + 1 : wanted) ? [] : [`${name} has ${n} of ${wanted} columns`];
  });
  return wrong.length === 0 ? undefined : wrong.join(', ');
}

const mysqlQuery =
  'select table_name as name, count(*) as n from information_schema.columns where table_schema = database() group by table_name';
const queries = {
  sqlite:
    "select m.name, count(*) as n from sqlite_master m, pragma_table_xinfo(m.name) where m.type = 'table' group by m.name",
  postgresql:
    'select table_name as name, count(*) as n from information_schema.columns where table_schema = current_schema() group by table_name',
  mysql: mysqlQuery,
  mariadb: mysqlQuery,
} as const;
