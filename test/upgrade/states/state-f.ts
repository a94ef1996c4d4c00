import type { DatabaseKind } from '../../support/databases.ts';
import type { NotOurs, OldState } from './old-state.ts';
import { column, findTable, nullable, withColumns } from './old-table.ts';
import type { OldTable, OldUnique } from './old-table.ts';
import { databaseNameOf } from './spelling.ts';
import { stateE } from './state-e.ts';
import { arrestKeyLengths } from './tables.ts';

const uniqueArrest = ['jail_id', 'arrest_date', 'name', 'dob', 'sex', 'race'];

/** The unique keys that the models name, by table. */
const namedUniques: Readonly<Record<string, readonly OldUnique[]>> = {
  users: [
    { name: 'unique_username', columns: ['username'] },
    { name: 'unique_email', columns: ['email'] },
  ],
  groups: [{ name: 'unique_group_name', columns: ['name'] }],
  user_groups: [{ name: 'unique_user_group', columns: ['user_id', 'group_id'] }],
  inmates: [{ name: 'unique_inmate_optimized', columns: uniqueArrest, mysqlPrefix: arrestKeyLengths }],
  monitors: [{ name: 'unique_monitor', columns: ['name', 'notify_address'] }],
  monitor_links: [{ name: 'unique_monitor_link', columns: ['primary_monitor_id', 'linked_monitor_id'] }],
  monitor_inmate_links: [{ name: 'unique_monitor_inmate_link', columns: ['monitor_id', 'inmate_id'] }],
};

/**
 * Like the models, but no default is in the database, and each unique key that has a name in the models is there twice:
 * named by hand, and named by the database.
 */
export const stateF: OldState = {
  tables: (kind) => stateE.tables(kind).map((table) => withNamedUniques(modern(table))),
  alembic: ['e01b6f2d8c47'],
  notOurs: (kind) => [...surplusUniques(kind), { kind: 'table', table: 'alembic_version' }],
};

/** The columns, indexes and foreign keys of the models. */
function modern(table: OldTable): OldTable {
  if (table.name === 'inmates') return modernInmates(table);
  if (table.name === 'monitors') return { ...withColumns(table, nullable(column('user_id', 'int'))), indexes: [] };
  return { ...table, foreignKeys: (table.foreignKeys ?? []).filter((key) => key.column !== 'inmate_id') };
}

function modernInmates(table: OldTable): OldTable {
  const changed = withColumns(
    table,
    nullable(column('mugshot', 'mediumtext')),
    column('hold_reasons', 'text'),
    nullable(column('last_seen', 'datetime')),
  );
  const indexed = [['jail_id'], ['last_seen'], ['jail_id', 'last_seen'], ['arrest_date'], ['name']];
  return {
    ...changed,
    foreignKeys: [],
    indexes: indexed.map((columns) => ({ name: `ix_inmates_${columns.join('_')}`, columns })),
  };
}

function withNamedUniques(table: OldTable): OldTable {
  const named = (namedUniques[table.name] ?? []).map((unique): OldUnique => ({ ...unique, doubled: true }));
  const others = (table.uniques ?? []).filter(
    ({ columns }) => table.name !== 'inmates' && !named.some((unique) => unique.columns.join() === columns.join()),
  );
  return { ...table, uniques: [...named, ...others] };
}

/** Those named by the database; on MySQL and MariaDB, whose models have another key for inmates, both of that table. */
function surplusUniques(kind: DatabaseKind): NotOurs[] {
  const hashed = kind === 'mysql' || kind === 'mariadb';
  return Object.entries(namedUniques).flatMap(([table, uniques]) =>
    uniques.flatMap((unique, index): NotOurs[] => {
      const old = findTable(stateF.tables(kind), table);
      const { columns } = unique;
      const surplus: NotOurs = { kind: 'unique', table, name: databaseNameOf(kind, old, unique, index + 1), columns };
      return table === 'inmates' && hashed ? [surplus, { ...surplus, name: unique.name ?? '' }] : [surplus];
    }),
  );
}
