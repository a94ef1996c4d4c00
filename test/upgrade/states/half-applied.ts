import type { OldState } from './old-state.ts';
import { column, findTable, nullable, string, withColumns, withTable } from './old-table.ts';
import { stateA } from './state-a.ts';
import { stateB } from './state-b.ts';
import { stateC } from './state-c.ts';
import { stateD } from './state-d.ts';
import { stateE } from './state-e.ts';
import { stateF } from './state-f.ts';
import { widerKey } from './state-g.ts';
import { groups, monitorInmateLinks, users } from './tables.ts';

/** Databases on which an older tool died between two statements, on the way from one state to the next. */
export const halfApplied = {
  /** The old unique key is dropped, the new one not yet made; users is there, monitor_links not. */
  'A-B': {
    tables(kind) {
      const before = stateA.tables(kind);
      return [...withTable(before, { ...findTable(before, 'inmates'), uniques: [] }), users];
    },
    alembic: ['0000base'],
    notOurs: (kind) => [
      ...stateA.notOurs(kind).filter((found) => found.kind !== 'unique'),
      { kind: 'column', table: 'users', name: 'role' },
      { kind: 'table', table: 'alembic_version' },
    ],
    relaxed: ['users.role'],
  },
  /** monitor_inmate_links is there, without its foreign keys and its unique key. */
  'B-C': {
    ...stateB,
    tables: (kind) => [...stateB.tables(kind), { ...monitorInmateLinks, foreignKeys: [], uniques: [] }],
  },
  /** groups is there, user_groups not; users.api_key is there without its unique key, users.amember_user_id not. */
  'C-D': {
    ...stateC,
    tables(kind) {
      const before = stateC.tables(kind);
      return [...withTable(before, withColumns(findTable(before, 'users'), nullable(string('api_key')))), groups];
    },
  },
  /** users.password_format is there and still nullable; users.role is not gone yet; no sessions. */
  'D-E': {
    ...stateD,
    tables(kind) {
      const before = stateD.tables(kind);
      return withTable(before, withColumns(findTable(before, 'users'), nullable(string('password_format', 20))));
    },
  },
  /** The roster has lost its foreign keys and has last_seen, without the indexes; nothing is named by hand yet. */
  'E-F': {
    ...stateE,
    tables(kind) {
      const before = stateE.tables(kind);
      const links = findTable(before, 'monitor_inmate_links');
      const inmates = { ...findTable(before, 'inmates'), foreignKeys: [] };
      const unbound = { ...links, foreignKeys: (links.foreignKeys ?? []).filter((key) => key.table !== 'inmates') };
      return withTable(withTable(before, withColumns(inmates, nullable(column('last_seen', 'datetime')))), unbound);
    },
    notOurs: (kind) => stateE.notOurs(kind).filter((found) => found.kind !== 'foreignKey'),
  },
  /** On MySQL and MariaDB the primary key is wide enough for the partitions, which are not there yet. */
  'F-G': {
    ...stateF,
    tables(kind) {
      const before = stateF.tables(kind);
      if (kind !== 'mysql' && kind !== 'mariadb') return before;
      return withTable(before, { ...findTable(before, 'inmates'), widerKey: ['jail_id'] });
    },
    notOurs: (kind) => [...stateF.notOurs(kind), ...(kind === 'mysql' || kind === 'mariadb' ? [widerKey] : [])],
  },
} satisfies Readonly<Record<string, OldState>>;
