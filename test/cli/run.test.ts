import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { jsonOf } from '../support/run-cli.ts';
import { createProject, library, oneTable } from './support/project.ts';

describe.each(databaseKinds)('migrate on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'cli' });
  });
  afterEach(() => database.drop());

  it('without a terminal and without --ci prints the plan, changes nothing and exits with 2', async () => {
    const project = createProject(library);
    const run = await project.migrate(database, []);
    expect(run.stdout).toMatch(/^📋 Plan [0-9a-f]{12} for .*: [1-9]\d* changes?\n/u);
    expect(run.stdout).toContain('create table author');
    expect(run.stderr).toContain('Nothing was changed');
    expect(run.exit).toBe(2);
    expect((await project.migrate(database, ['status', '--exit-code'])).exit).toBe(2);
    await expect(database.query('select * from author')).rejects.toThrow();
  });

  it('--ci --dry-run shows the plan and changes nothing', async () => {
    const project = createProject(library);
    const run = await project.migrate(database, ['--ci', '--dry-run']);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(run.stdout).toContain('create table book');
    await expect(database.query('select * from author')).rejects.toThrow();
  });

  it('--ci brings the database to the models, in lines of a fixed shape', async () => {
    const project = createProject(library);
    const run = await project.migrate(database, ['--ci']);
    expect(run.exit, run.stdout + run.stderr).toBe(0);
    const lines = run.stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('🚀 Starting comprehensive database migration system...');
    expect(lines).toEqual(
      expect.arrayContaining([
        '🔍 Checking table: author',
        '  ❌ Missing table: author',
        '  📝 Creating missing table: author',
        expect.stringMatching(/^ {2}✅ Created author successfully \([\d.]+ m?s\)$/u),
        expect.stringMatching(/^📊 Total changes applied: [1-9]\d*$/u),
        expect.stringMatching(/^🔗 Log head: version \d+, hash [0-9a-f]{64}$/u),
      ]),
    );
    expect(lines.at(-1)).toMatch(/^🎉 Complete migration SUCCEEDED! \([\d.]+ m?s\)$/u);
    expect(run.stderr).toBe('');
    const again = await project.migrate(database, ['--ci']);
    expect(again.stdout).toContain('📊 Total changes applied: 0\n');
    expect(again.stdout).toContain('🎉 Nothing to do');
    expect((await project.migrate(database, ['plan', '--exit-code'])).exit).toBe(0);
  });

  it('names a missing column, what is done about it, and that it was done', async () => {
    const project = createProject(oneTable('name: p.string().length(50)'));
    await project.migrate(database, ['--ci']);
    project.writeModels(
      oneTable("name: p.string().length(50), arrest_date: p.date().nullable().fieldName('arrest_date')"),
    );
    const { stdout, exit } = await project.migrate(database, ['--ci']);
    expect(exit, stdout).toBe(0);
    expect(stdout).toMatch(
      /🔍 Checking table: item\n {2}❌ Missing column: arrest_date\n {2}📝 Adding missing column: arrest_date\n {2}✅ Added arrest_date successfully \([\d.]+ m?s\)\n/u,
    );
  });

  it('--json writes one JSON object a line, the result last', async () => {
    const project = createProject(library);
    const run = await project.migrate(database, ['--ci', '--json']);
    const lines = jsonOf(run);
    expect(run.stderr).toBe('');
    expect(lines.map(({ kind: name }) => name)).toEqual(
      expect.arrayContaining([
        'runStarted',
        'planned',
        'operationStarted',
        'operationApplied',
        'verified',
        'runFinished',
      ]),
    );
    expect(lines.at(-1)).toMatchObject({ kind: 'result', status: 'done', verification: { verdict: 'PASSED' } });
  });

  it.each([
    { args: ['--verbose'], env: { LOG_LEVEL: '' } },
    { args: [] as string[], env: { LOG_LEVEL: 'DEBUG' } },
  ])('$args $env shows each SQL statement with its milliseconds', async ({ args, env }) => {
    const project = createProject(library);
    const { stdout } = await project.migrate(database, ['--ci', ...args], env);
    expect(stdout.split('\n')[0]).toContain('🚀');
    expect(stdout).toMatch(/🗄️ {2}create table .author. .* \([\d.]+ ms\)/iu);
  });

  it('verify, status, history and doctor tell of a migrated database', async () => {
    const project = createProject(library);
    await project.migrate(database, ['--ci']);
    const verify = await project.migrate(database, ['verify']);
    expect(verify).toMatchObject({ exit: 0 });
    expect(verify.stdout).toContain('✅ The next plan is empty');
    const status = JSON.parse((await project.migrate(database, ['status', '--json'])).stdout) as object;
    expect(status).toMatchObject({ pending: [], blocked: [], drift: false, release: { standing: 'same' } });
    expect((await project.migrate(database, ['history', 'verify'])).stdout).toMatch(/^🔗 \d+ events, intact/u);
    const doctor = await project.migrate(database, ['doctor', '--json']);
    expect(doctor.exit, doctor.stdout).toBe(0);
    expect(JSON.parse(doctor.stdout)).toMatchObject({ problems: [], info: { dialect: kind, readOnly: false } });
    expect((await project.migrate(database, ['--ci', '--verify-only'])).exit).toBe(0);
  });

  it('verify exits with 2 when changes are pending, and with 1 when a critical query fails', async () => {
    const project = createProject(
      library,
      "{ criticalQueries: { broken: 'select nothing from nowhere' }, verify: { passed: 0.99, partial: 0.98 } }",
    );
    expect((await project.migrate(database, ['verify'])).exit).toBe(1);
    expect((await project.migrate(database, ['--ci', '--strict'])).exit).toBe(1);
    expect((await createProject(library).migrate(database, ['verify'])).exit).toBe(0);
    const indexed = library.replace('title: p.string().length(100)', 'title: p.string().length(100).index()');
    expect((await createProject(indexed).migrate(database, ['verify', '--json'])).exit).toBe(2);
    const { exit, stdout } = await project.migrate(database, ['--ci', '--verify-only']);
    expect(stdout).toContain('❌ broken: ');
    expect(stdout).toContain('Verification FAILED');
    expect(exit).toBe(1);
  });

  it('shows no escape of a name from the database to the terminal', async () => {
    const escape = '\u001B[31mred\u202E';
    const project = createProject(library);
    await project.migrate(database, ['--ci']);
    const quote = kind === 'mysql' || kind === 'mariadb' ? '`' : '"';
    await database.run([`create table ${quote}${escape}${quote} (id int)`]);
    for (const args of [['plan'], ['plan', '--markdown'], ['plan', '--sql'], ['status'], ['--ci']]) {
      const run = await project.migrate(database, args);
      expect(`${run.stdout}${run.stderr}`, args.join(' ')).not.toMatch(/[\u001B\u202E]/u);
    }
    expect((await project.migrate(database, ['plan'])).stdout).toContain('\\u001b[31mred\\u202e');
  });
});
