import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, oneTable } from '../../cli/support/project.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../../support/databases.ts';
import { createUser, password } from './support/user.ts';

const plain = oneTable('name: p.string().length(50).nullable()');
const wider = oneTable('name: p.string().length(50).nullable(), added: p.integer().nullable()');
// eslint-disable-next-line no-control-regex
const raw = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u;

/** The canary as it is, and as it is spelled in a URL, in JSON and in base64. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
}

const reading = [
  ['--ci', '--json', '--verbose'],
  ['plan', '--json'],
  ['status', '--json'],
  ['history', '--json'],
  ['doctor', '--json'],
];

const canary = 'C@nary/p:w%\'d"§\\9';

describe.each(databaseKinds.filter((kind) => kind !== 'sqlite'))('a password for %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'secret' });
  });
  afterEach(() => database.drop());

  it('is in no output, error or log row, whichever way it came and whatever fails', async () => {
    const user = await createUser(database);
    await database.run([
      kind === 'postgresql'
        ? `grant all on schema public to ${user.name}`
        : `grant all on \`${database.name}\`.* to ${user.name}`,
    ]);
    const project = createProject(plain);
    const said: string[] = [];
    const say = async (url: string, args: readonly string[], env = {}): Promise<number> => {
      const { exit, stdout, stderr } = await project.migrate({ url }, args, env);
      said.push(stdout, stderr);
      return exit;
    };
    expect(await say(user.url, ['--ci', '--verbose'], { LOG_LEVEL: 'DEBUG' })).toBe(0);
    // How commands print does not depend on the database: all of them are tried on one.
    for (const args of kind === 'postgresql' ? reading : []) expect(await say(user.url, args)).toBe(0);
    project.writeModels(wider);
    const broken = new URL(user.url);
    broken.password = encodeURIComponent(canary);
    await say(broken.href, ['--ci', '--wait', '0s']);
    broken.port = '1';
    expect(await say(broken.href, ['--ci', '--wait', '0s', '--json', '--verbose'])).toBe(69);
    expect(await say(`${kind}://u:${canary}@127.0.0.1/x`, ['--ci', '--wait', '0s'])).toBeGreaterThan(0);
    expect(await say('sqlite::memory:', ['plan', '--database-url', broken.href, '--wait', '0s'])).toBe(69);
    writeFileSync(
      join(project.folder, 'mikro-orm.config.ts'),
      `throw new Error('cannot use ' + process.env.DATABASE_URL);`,
    );
    expect(await say(broken.href, ['--ci'])).toBe(64);
    expect(await say(user.url, ['--ci'])).toBe(64);
    const log = JSON.stringify(await database.query('select * from schema_versions'));
    for (const text of [...said, log])
      for (const form of [...formsOf(password), ...formsOf(canary)]) expect(text).not.toContain(form);
  });

  it('in the config is hidden as one in the URL is', async () => {
    const { hostname } = new URL(database.url);
    const project = createProject(plain);
    const options = `{ entities, host: '${hostname}', port: 1, user: 'someone', password: ${JSON.stringify(canary)}, dbName: 'absent' }`;
    writeFileSync(
      join(project.folder, 'mikro-orm.config.ts'),
      `import { defineEntity, p } from '@mikro-orm/core';\nimport { ${drivers[kind]} as Driver } from '@mikro-orm/${kind}';\n${plain}\nexport default { driver: Driver, ...${options} };\n`,
    );
    for (const args of [
      ['--ci', '--wait', '0s', '--verbose'],
      ['doctor', '--json', '--wait', '0s'],
    ]) {
      const { exit, stdout, stderr } = await project.migrate({ url: '' }, args);
      expect(exit, stderr).toBe(69);
      for (const form of formsOf(canary)) expect(stdout + stderr).not.toContain(form);
    }
  });
});

const drivers: Readonly<Record<string, string>> = {
  postgresql: 'PostgreSqlDriver',
  mysql: 'MySqlDriver',
  mariadb: 'MariaDbDriver',
};

/** How commands print does not depend on the database: all of them are tried on one. */
const isFirst = (kind: DatabaseKind): boolean => kind === databaseKinds[0];
const writing = [['--ci', '--json', '--verbose']];
const others = [
  ['plan', '--json'],
  ['--ci', '--json', '--verbose'],
  ['plan'],
  ['plan', '--sql'],
  ['plan', '--markdown'],
  ['status'],
  ['status', '--json'],
  ['doctor', '--json'],
  ['verify', '--json'],
  ['history', '--json'],
];

describe.each(databaseKinds)('control characters from %s', (kind) => {
  it('in names and samples of rows reach neither stdout nor stderr', async () => {
    const database = await createDatabase(kind, { name: 'escape' });
    const evil = '\u001B]0;own\u0007\u009B31m\u202Ered';
    const quote = kind === 'mysql' || kind === 'mariadb' ? '`' : '"';
    const project = createProject(plain);
    await project.migrate(database, ['--ci']);
    await database.run([
      `insert into item (id, name) values (1, '${evil}'), (2, '${evil}')`,
      `create table ${quote}t${evil}${quote} (id int)`,
      `alter table item add column ${quote}c${evil}${quote} int`,
    ]);
    project.writeModels(oneTable('name: p.string().length(50).nullable().unique()'));
    const show = async (commands: readonly (readonly string[])[]): Promise<void> => {
      for (const args of commands) {
        const { stdout, stderr } = await project.migrate(database, args);
        expect(raw.exec(stdout + stderr)?.[0], args.join(' ')).toBeUndefined();
      }
    };
    await show([['--ci'], ...(isFirst(kind) ? others : [])]);
    project.writeModels(
      oneTable(
        `name: p.string().length(50).nullable(), evil: p.integer().nullable().fieldName(${JSON.stringify(`x${evil}`)})`,
      ),
    );
    await show(
      isFirst(kind)
        ? [['plan', '--sql'], ...writing, ['history'], ['history', '--json'], ['history', 'show', '3']]
        : writing,
    );
    await database.drop();
  });
});
