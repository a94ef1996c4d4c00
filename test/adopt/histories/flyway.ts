import { by, type WrittenHistory } from './history.ts';
import type { DatabaseKind } from '../../support/databases.ts';

const columns = ['installed_rank', 'version', 'description', 'type', 'script', 'checksum'];
const rest = ['installed_by', 'installed_on', 'execution_time', 'success'];

/** Rows in the order of ranks: a lock, the making of the schema, an undone version, one out of order, a repeatable twice. */
export const flyway: WrittenHistory = {
  tool: 'flyway',
  source: 'Flyway 10, the three databases’ getRawCreateScript',
  kinds: ['sqlite', 'postgresql', 'mariadb', 'mysql'],
  globs: ['sql/*.sql'],
  tables: () => ['flyway_schema_history'],
  create: (kind) => [
    createTable(kind),
    row(kind, `-100, 'flyway-lock', 'flyway-lock', '', '', 0`),
    row(kind, `0, null, '<< Flyway Schema Creation >>', 'SCHEMA', 'public', null`),
    row(kind, `1, '1', 'create inmates', 'SQL', 'V1__create_inmates.sql', 619835908`),
    row(kind, `2, '1.1', 'add release date', 'SQL', 'V1.1__add_release_date.sql', 72919429`),
    row(kind, `3, null, 'inmate names', 'SQL', 'R__inmate_names.sql', 17`),
    row(kind, `4, '3', 'create guards', 'SQL', 'V3__create_guards.sql', -621432519`),
    row(kind, `5, '3', 'create guards', 'UNDO_SQL', 'U3__create_guards.sql', 5`),
    row(kind, `6, '2', 'create cells', 'SQL', 'V2__create_cells.sql', 1`),
    row(kind, `7, null, 'inmate names', 'SQL', 'R__inmate_names.sql', 1123937171`),
    row(kind, `8, '4', 'hash passwords', 'JDBC', 'db.migration.V4__hash_passwords', null`),
  ],
  expected: [
    { migration: 'V1__create_inmates', path: 'sql/V1__create_inmates.sql', verified: true, appliedAt: stamp() },
    { migration: 'V1.1__add_release_date', path: 'sql/V1.1__add_release_date.sql', verified: true },
    { migration: 'V2__create_cells', path: 'sql/V2__create_cells.sql', verified: false },
    { migration: 'R__inmate_names', path: 'sql/R__inmate_names.sql', verified: true },
    { migration: 'V4__hash_passwords' },
  ],
  unfinished: [
    {
      title: 'a version failed',
      statements: (kind) => [row(kind, `9, '5', 'broken', 'SQL', 'V5__broken.sql', 7`, { success: false })],
      says: /V5__broken is failed/u,
    },
  ],
};

/** What a baseline stands for: the files of versions up to it. */
export const flywayBaseline: WrittenHistory = {
  ...flyway,
  create: (kind) => [
    createTable(kind),
    row(kind, `1, '1.1', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', null`),
    row(kind, `2, '2', 'create cells', 'SQL', 'V2__create_cells.sql', 1656503453`),
  ],
  expected: [
    { migration: 'V1__create_inmates', path: 'sql/V1__create_inmates.sql' },
    { migration: 'V1.1__add_release_date', path: 'sql/V1.1__add_release_date.sql' },
    { migration: 'baseline-1.1', appliedAt: stamp() },
    { migration: 'V2__create_cells', path: 'sql/V2__create_cells.sql', verified: true },
  ],
  unfinished: [],
};

function stamp(): string {
  return '2024-03-01 08:00:00.000000';
}

function createTable(kind: DatabaseKind): string {
  const time = by(kind, {
    sqlite: "text not null default (strftime('%Y-%m-%d %H:%M:%f','now'))",
    postgresql: 'timestamp not null default now()',
    mysql: 'timestamp not null default current_timestamp',
  });
  return `create table flyway_schema_history (
    installed_rank int not null, version varchar(50), description varchar(200) not null, type varchar(20) not null,
    script varchar(1000) not null, checksum integer, installed_by varchar(100) not null, installed_on ${time},
    execution_time integer not null, success ${by(kind, { sqlite: 'boolean', postgresql: 'boolean', mysql: 'bool' })} not null,
    constraint flyway_schema_history_pk primary key (installed_rank))`;
}

function row(
  kind: DatabaseKind,
  values: string,
  { success }: { readonly success: boolean } = { success: true },
): string {
  const flag = kind === 'postgresql' ? success : Number(success);
  return `insert into flyway_schema_history (${[...columns, ...rest].join(', ')})
    values (${values}, 'warden', '2024-03-01 08:00:00', 12, ${flag})`;
}
