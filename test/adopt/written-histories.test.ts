import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { connectTo, type JobConnection, type MigrateSettings } from '../support/migrate.ts';
import { proof } from '../support/proof.ts';
import { histories } from './histories/index.ts';
import type { WrittenHistory } from './histories/history.ts';
import { adoptDatabase, readLog } from './support/adopt-database.ts';
import { lookAt } from './support/look-at.ts';
import { settingsIn } from './support/project-files.ts';

let database: TestDatabase;
let connection: JobConnection;

afterEach(async () => {
  await connection.close();
  await database.drop();
});

describe.each(histories)('a history of $tool ($source)', (history) => {
  const kinds = databaseKinds.filter((kind) => history.kinds.includes(kind));

  test.each(kinds)('is imported from %s with what it says, once, and stays as it is', async (kind) => {
    database = await createDatabase(kind, { name: 'adopt' });
    await database.run(history.create(kind));
    const settings = await connectIn(history);
    const before = await lookAt(database, history.tables(kind));
    const { report } = await adoptDatabase(database, { from: 'auto', settings });
    expect(report.status).toBe('done');
    const log = await readLog(database);
    const imported = log.imported.map(({ migration, provenance, file }) => ({
      migration,
      ...provenance,
      path: file?.path,
    }));
    const { tool } = history;
    expect(imported).toMatchObject(
      history.expected.map((entry) => ({ name: entry.migration, path: undefined, tool, ...entry })),
    );
    expect(log.damage).toBeUndefined();
    const again = await adoptDatabase(database, { from: history.tool, settings });
    expect(again.report).toMatchObject({ status: 'nothing', known: history.expected.length });
    expect(await lookAt(database, history.tables(kind))).toEqual(before);
    proof('adopt: history of a tool', kind);
  });

  const stuck = kinds.flatMap((kind) => history.unfinished.map((unfinished) => ({ kind, ...unfinished })));
  test.each(stuck)('is refused whole on $kind where $title', async ({ kind, statements, says }) => {
    database = await createDatabase(kind, { name: 'adopt' });
    await database.run([...history.create(kind), ...statements(kind)]);
    const settings = await connectIn(history);
    await expect(adoptDatabase(database, { from: 'auto', settings })).rejects.toMatchObject({
      code: 'FOREIGN_HISTORY_UNFINISHED',
      message: expect.stringMatching(says) as string,
      state: 'nothing was changed',
    });
    expect((await readLog(database)).payloads).toEqual([]);
    proof('adopt: unfinished history', kind);
  });
});

/** The settings of the history's project, over one connection for the test. */
async function connectIn({ tool, globs }: WrittenHistory): Promise<MigrateSettings> {
  const settings = settingsIn({ root: resolve(import.meta.dirname, '../foreign-tools', tool), globs });
  connection = await connectTo(database, settings);
  return { ...settings, connection };
}
