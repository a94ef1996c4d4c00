import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { p } from '@mikro-orm/core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../../support/databases.ts';
import { migrateDatabase, planDatabase } from '../../support/migrate.ts';
import { readOracle } from '../../support/oracle/index.ts';
import { openSqlite } from '../../support/connections/sqlite.ts';
import { readEvents } from '../../support/read-events.ts';
import { failureOf } from './support/failure-of.ts';
import { item } from './support/item.ts';

const wider = { config: item({ added: p.string().length(9).nullable() }) };

describe.each(databaseKinds.filter((kind) => kind !== 'sqlite'))('a read-only session of %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'readonly' });
    await migrateDatabase(database, { config: item() });
  });
  afterEach(() => database.drop());

  it('is refused before the first change; plans are still made', async () => {
    const before = { oracle: await readOracle(database), events: (await readEvents(database)).length };
    const readOnly = { config: { ...wider.config, onCreateConnection: makeReadOnly } };
    if (kind === 'postgresql')
      await database.run([`alter database "${database.name}" set default_transaction_read_only = on`]);
    const failure = await failureOf(migrateDatabase(database, readOnly));
    expect(failure).toMatchObject({ code: 'READ_ONLY', exitCode: 3, state: 'nothing was changed' });
    expect(failure.fix).toContain('primary');
    expect((await planDatabase(database, readOnly)).plan.steps).toHaveLength(1);
    // The tests' own connection is older than the setting.
    expect((await database.query('select count(*) as n from schema_versions'))[0]).toEqual({ n: before.events });
    if (kind === 'postgresql')
      await database.run([`alter database "${database.name}" reset default_transaction_read_only`]);
    expect(await readOracle(database)).toEqual(before.oracle);
    expect((await migrateDatabase(database, wider)).report.status).toBe('done');
  });

  /** What MikroORM calls for each new connection: here Kysely's. */
  async function makeReadOnly(connection: unknown): Promise<void> {
    if (kind === 'postgresql') return;
    const { executeQuery } = connection as { executeQuery(query: object): Promise<unknown> };
    const query = { kind: 'RawNode', sqlFragments: [], parameters: [] };
    const queryId = { queryId: 'read-only' };
    await executeQuery.call(connection, { sql: 'set session transaction read only', parameters: [], query, queryId });
  }
});

/** Root may write anything: the command runs as nobody. */
const canDrop = process.getuid?.() === 0 && hasSetpriv();

describe.runIf(databaseKinds.includes('sqlite') && canDrop)('a SQLite database that the user may not write', () => {
  it.each([
    { what: 'file', file: 0o444, folder: 0o777 },
    { what: 'folder', file: 0o666, folder: 0o555 },
    { what: 'file and folder', file: 0o444, folder: 0o555 },
  ])('$what is refused before the first change', async ({ file, folder }) => {
    const place = mkdtempSync(join(tmpdir(), 'mikrate-readonly-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    const url = `sqlite:${join(place, 'app.sqlite')}`;
    await migrateDatabase({ url }, { config: item() });
    const oldNames = await countEvents(url);
    const config = writeConfig(place);
    rmSync(join(place, 'app.sqlite.migrate-lock'), { force: true });
    chmodSync(join(place, 'app.sqlite'), file);
    chmodSync(place, folder);
    const run = await asNobody(url, config);
    expect(run.text).toContain('❌ READ_ONLY: ');
    expect(run.text).toContain('what to do: ');
    expect(run.text).toContain('database: nothing was changed');
    expect(run.exit).toBe(3);
    const plan = await asNobody(url, config, 'plan');
    expect(plan.text).toContain('is read-only: what is planned cannot run');
    expect(plan.exit).toBe(0);
    chmodSync(place, 0o777);
    chmodSync(join(place, 'app.sqlite'), 0o666);
    expect(await countEvents(url)).toBe(oldNames);
  });

  it('because its folder cannot be made or entered is refused at once with the path', async () => {
    const place = mkdtempSync(join(tmpdir(), 'mikrate-nofolder-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    const config = writeConfig(place);
    chmodSync(place, 0o555);
    for (const path of [join(place, 'new', 'app.sqlite'), join(place, 'app.sqlite')]) {
      const run = await asNobody(`sqlite:${path}`, config);
      expect(run.text).toMatch(/❌ READ_ONLY: /u);
      expect(run.text).toContain(path);
      expect(run.text).not.toMatch(/^\s+at /mu);
      expect(run.exit).toBe(3);
    }
  });
});

/** A config that nobody can read beside the database. */
function writeConfig(place: string): string {
  chownSync(place, 65534, 65534);
  chmodSync(place, 0o755);
  const file = join(place, 'mikro-orm.config.mjs');
  writeFileSync(
    file,
    `import { defineEntity, p } from '${import.meta.resolve('@mikro-orm/core')}';
export default { entities: [defineEntity({ name: 'Item', tableName: 'item', properties: { id: p.integer().primary(), name: p.string().length(50).nullable(), added: p.integer().nullable() } })] };\n`,
  );
  return file;
}

function asNobody(url: string, config: string, command = '--ci'): Promise<{ exit: number | null; text: string }> {
  const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
  const args = [
    '--reuid=65534',
    '--regid=65534',
    '--clear-groups',
    process.execPath,
    main,
    command,
    '--config',
    config,
    '--wait',
    '60s',
  ];
  const child = spawn('setpriv', args, {
    cwd: dirname(config),
    env: { ...process.env, DATABASE_URL: url, HOME: '/nonexistent', NODE_COMPILE_CACHE: '' },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return new Promise((resolve) => child.once('close', (exit) => resolve({ exit, text })));
}

function hasSetpriv(): boolean {
  try {
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function countEvents(url: string): Promise<number> {
  const connection = openSqlite(url);
  const events = await readEvents(connection);
  await connection.close();
  return events.length;
}
