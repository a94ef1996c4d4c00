import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDamage } from '../../src/history/chain.ts';
import { repair } from '../../src/stages/repair.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, rollBackDatabase, withTestJob, type MigrateSettings } from '../support/migrate.ts';
import { compareOracles, readOracle } from '../support/oracle/index.ts';
import { addFiles } from '../support/project.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { addWord, oldItems, payloadsOf, projectOf, typedFile } from './support/items.ts';

const sqlFile = 'migrations/001_first.sql';
const sqlText = 'alter table items add column a varchar(20);\n';
const codeFile = 'migrations/002_second.ts';
const codeText = typedFile([addWord('b')]);
const next = { 'migrations/003_third.sql': 'alter table items add column c varchar(20);\n' };

describe.each(databaseKinds)('files that were applied, on %s', (kind) => {
  let database: TestDatabase;
  let given: MigrateSettings & { readonly root: string };

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'changed' });
    await database.run(oldItems());
    given = projectOf({ [sqlFile]: sqlText, [codeFile]: codeText }, 'a', 'b');
    await migrateDatabase(database, given);
  });
  afterEach(() => database.drop());

  test('line ends, and the compiled file in the place of its source, are no change', async () => {
    addFiles(given.root, { [sqlFile]: `\uFEFF${sqlText.replaceAll('\n', '\r\n')}` });
    rename(codeFile, 'migrations/002_second.js');
    const { report, facts } = await migrateDatabase(database, given);
    expect(report).toMatchObject({ status: 'nothing', applied: 0 });
    expect(facts.filter((fact) => fact.kind === 'noticed')).toEqual([]);
    proof('sequence: changed file', kind);
  });

  test('an edit of comments and layout is told, and nothing else', async () => {
    addFiles(given.root, {
      [sqlFile]: `-- why\nALTER TABLE items\n  ADD COLUMN a varchar(20);\n`,
      [codeFile]: `// why\n${codeText}`,
    });
    const { report, facts } = await migrateDatabase(database, given);
    expect(report).toMatchObject({ status: 'nothing', applied: 0 });
    expect(facts.filter((fact) => fact.kind === 'noticed')).toMatchObject([
      { level: 'info', text: expect.stringContaining(sqlFile) },
      { level: 'info', text: expect.stringContaining(codeFile) },
    ]);
    proof('sequence: changed file', kind);
  });

  test('a real edit is refused with the difference until it is repaired', async () => {
    addFiles(given.root, { ...next, [sqlFile]: sqlText.replace('varchar(20)', 'varchar(30)') });
    const message = await expectRefused('MIGRATION_EDITED');
    expect(message).toMatch(/- .*varchar\(20\)/u);
    expect(message).toMatch(/\+ .*varchar\(30\)/u);
    expect(await repaired()).toEqual([`${sqlFile} is accepted as it is now`]);
    await expectGoesOn();
  });

  test('a missing file is refused until it is repaired', async () => {
    addFiles(given.root, next);
    rmSync(join(given.root, sqlFile));
    expect(await expectRefused('MIGRATION_MISSING')).toContain(`001_first (${sqlFile})`);
    expect(await repaired()).toEqual(['001_first may be missing']);
    await expectGoesOn();
  });

  test('a file under another name is refused, told as renamed, until it is repaired', async () => {
    addFiles(given.root, next);
    rename(sqlFile, 'migrations/001_renamed.sql');
    expect(await expectRefused('MIGRATION_MISSING')).toContain('001_first seems to be migrations/001_renamed.sql now');
    expect(await repaired()).toHaveLength(2);
    await expectGoesOn();
  });

  test('a file that was renamed and taken back is run again under its new name', async () => {
    rename(codeFile, 'migrations/002_renamed.ts');
    await repaired();
    const first = (await payloadsOf(database)).find(({ migration }) => migration === '002_second')?.version ?? 0;
    await rollBackDatabase(database, { selection: { kind: 'to', version: first - 1 } }, given);
    await expect(database.query('select b from items')).rejects.toThrow();
    await migrateDatabase(database, { ...given, flags: { redo: true } });
    const done = (await payloadsOf(database)).filter(({ event, file }) => event === 'applied' && file);
    expect(done.map(({ migration }) => migration)).toEqual(['001_first', '002_second', '002_renamed']);
    proof('sequence: changed file', kind);
  });

  function rename(from: string, to: string): void {
    renameSync(join(given.root, from), join(given.root, to));
  }

  async function expectRefused(code: string): Promise<string> {
    const before = { oracle: await readOracle(database), events: await readEvents(database) };
    const error = await migrateDatabase(database, given).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code, exitCode: 3 });
    expect(compareOracles(before.oracle, await readOracle(database))).toEqual([]);
    expect(await readEvents(database)).toEqual(before.events);
    return error?.message ?? '';
  }

  /** What a repair says; what was in the log before stays there as it was. */
  async function repaired(): Promise<readonly string[]> {
    const before = await readEvents(database);
    const report = await withTestJob(database, given, [], (job) => repair(job, {}));
    const after = await readEvents(database);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
    expect(findDamage(after)).toBeUndefined();
    return report.repaired;
  }

  async function expectGoesOn(): Promise<void> {
    const { report } = await migrateDatabase(database, { ...given, config: projectOf({}, 'a', 'b', 'c').config ?? {} });
    expect(report.status).toBe('done');
    expect(await database.query('select c from items')).toHaveLength(1);
    const events = await readEvents(database);
    expect(findDamage(events)).toBeUndefined();
    expect(
      (await migrateDatabase(database, { ...given, config: projectOf({}, 'a', 'b', 'c').config ?? {} })).report,
    ).toMatchObject({ status: 'nothing' });
    expect(await withTestJob(database, given, [], (job) => repair(job, {}))).toEqual({ repaired: [] });
    proof('sequence: changed file', kind);
  }
});
