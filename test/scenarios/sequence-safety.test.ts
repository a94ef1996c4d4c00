import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, expect, test } from 'vitest';
import { rollback } from '../../src/stages/rollback/rollback.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { createProject } from '../support/project.ts';
import { readEvents } from '../support/read-events.ts';

const Parent = defineEntity({
  name: 'Parent',
  tableName: 'parents',
  properties: { id: p.integer().primary().autoincrement(false), word: p.string().length(20) },
});
const Child = defineEntity({
  name: 'Child',
  tableName: 'children',
  properties: {
    id: p.integer().primary().autoincrement(false),
    parent: () => p.manyToOne(Parent).deleteRule('cascade'),
  },
});

let database: TestDatabase;
afterEach(() => database.drop());

async function family(kind: DatabaseKind): Promise<void> {
  database = await createDatabase(kind, { name: 'safety' });
  await database.run([
    'create table parents (id integer primary key, word varchar(10) not null)',
    'create table children (id integer primary key, parent_id integer not null, foreign key (parent_id) references parents (id) on delete cascade)',
    "insert into parents (id, word) values (1, 'one')",
    'insert into children (id, parent_id) values (1, 1), (2, 1)',
  ]);
}

function settings(files: Readonly<Record<string, string>>, more: MigrateSettings = {}): MigrateSettings {
  return { config: { entities: [Parent, Child] }, root: createProject(files), ...more };
}

const switchesOn: { readonly [K in DatabaseKind]: string } = {
  sqlite: 'pragma foreign_keys = on',
  postgresql: "select set_config('search_path', '', false)",
  mariadb: "set sql_mode = ''",
  mysql: "set sql_mode = ''",
};

test.each(databaseKinds)(
  'what a file sets of the session ends with it, and no child row is lost on %s',
  async (kind) => {
    await family(kind);
    const sql = `-- migrate:up transaction:false\n${switchesOn[kind]};\n`;
    const { report } = await migrateDatabase(database, settings({ 'migrations/001_settings.sql': sql }));
    expect(report.status).toBe('done');
    expect(await database.query('select id from children order by id')).toHaveLength(2);
  },
);

test.each(databaseKinds)('--force-sync skips no statement behind one that drops on %s', async (kind) => {
  await family(kind);
  await database.run(['create table extras (id integer primary key)']);
  const sql = 'drop table extras;\ncreate table extras (id integer primary key, word varchar(10));\n';
  const given = settings({ 'migrations/001_extras.sql': sql }, { flags: { forceSync: true } });
  expect((await migrateDatabase(database, given)).report.status).toBe('done');
  expect(await database.query('select id, word from extras')).toEqual([]);
});

test.each(databaseKinds)(
  'a table that was there already is not taken back with the file that would have made it on %s',
  async (kind) => {
    await family(kind);
    await database.run(['create table extras (id integer primary key)', 'insert into extras (id) values (1)']);
    const given = settings({
      'migrations/001_extras.sql': 'create table if not exists extras (id integer primary key);\n',
      'migrations/002_others.sql': 'create table if not exists others (id integer primary key);\n',
    });
    await migrateDatabase(database, given);
    const events = await readEvents(database);
    const before = events.find(({ event }) => event === 'baseline')?.version ?? 0;
    const selection = { kind: 'to' as const, version: before };
    const { plan } = await withTestJob(database, given, [], (job) => rollback(job, { selection, yes: false }));
    expect(JSON.stringify(plan)).not.toContain('drop table extras');
    expect(await database.query('select id from extras')).toHaveLength(1);
  },
);

test.each(databaseKinds)(
  'a run that was stopped while it noted the files of an empty database goes on so on %s',
  async (kind) => {
    database = await createDatabase(kind, { name: 'safety' });
    const sql = (table: string): string => `alter table ${table} add column note varchar(10);\n`;
    const files = { 'migrations/001_a.sql': sql('parents'), 'migrations/002_b.sql': sql('children') };
    const given = settings(files);
    const stop = new Error('killed');
    const isNoted = (fact: { readonly kind: string }): void => {
      if (fact.kind === 'fileSkipped') throw stop;
    };
    const { migrate } = await import('../../src/pipeline.ts');
    await expect(withTestJob(database, given, [], (job) => migrate({ ...job, emit: isNoted }))).rejects.toThrow(
      'killed',
    );
    const { report } = await migrateDatabase(database, given);
    expect(report.status).toBe('done');
    expect(await database.query('select id, word from parents')).toEqual([]);
  },
);
