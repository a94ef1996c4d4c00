import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A project on its way from one release to the next, and how `migrate` is started in it. */
export interface Roster {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Arguments of Node.js for the built executable. */
  readonly args: readonly string[];
}

const repository = join(import.meta.dirname, '../..');

/** Makes the project of the recorded session in a new folder: a SQLite database that an older release migrated, and newer models. */
export function makeOldRoster(): Roster {
  const folder = join(mkdtempSync(join(tmpdir(), 'session-')), 'roster');
  mkdirSync(folder);
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const args = ['--import', join(import.meta.dirname, 'somebody.ts'), join(repository, 'dist/main.js')];
  const env = { DATABASE_URL: 'sqlite:roster.sqlite' };
  writeModels(folder, older);
  execFileSync(process.execPath, [...args, '--ci'], { cwd: folder, env: { ...process.env, ...env }, stdio: 'pipe' });
  fill(join(folder, 'roster.sqlite'));
  writeModels(folder, newer);
  return { folder, env, args };
}

/** What the models were. */
const older = `
const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: { id: p.integer().primary(), username: p.string().length(50), fax: p.integer().nullable() },
});
const Monitor = defineEntity({
  name: 'Monitor',
  tableName: 'monitors',
  properties: { id: p.integer().primary(), name: p.string().length(100), agency: p.string().length(80).nullable() },
});
const entities = [User, Monitor];`;

/** What they are: a column renamed, one gone, two new, and a table. */
const newer = `
const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: { id: p.integer().primary(), username: p.string().length(50), apiKey: p.string().length(64).nullable() },
});
const Monitor = defineEntity({
  name: 'Monitor',
  tableName: 'monitors',
  properties: {
    id: p.integer().primary(),
    name: p.string().length(100),
    arrestingAgency: p.string().length(80).nullable(),
    arrestDate: p.date().nullable().index(),
  },
});
const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: { id: p.string().length(36).primary(), user: () => p.manyToOne(User), expiresAt: p.datetime() },
});
const entities = [User, Monitor, Session];`;

function writeModels(folder: string, models: string): void {
  const config = `import { defineEntity, p } from '@mikro-orm/core';\n${models}\nexport default { entities };\n`;
  writeFileSync(join(folder, 'mikro-orm.config.ts'), config);
}

function fill(file: string): void {
  const database = new Database(file);
  const user = database.prepare('insert into users (id, username, fax) values (?, ?, ?)');
  const monitor = database.prepare('insert into monitors (id, name, agency) values (?, ?, ?)');
  const agencies = ['Travis County SO', 'Austin PD', 'Hays County SO'];
  database.transaction(() => {
    for (let id = 1; id <= 40; id++) user.run(id, `user${id}`, id % 4 === 0 ? 5550000 + id : null);
    for (let id = 1; id <= 1200; id++) monitor.run(id, `Monitor ${id}`, agencies[id % agencies.length]);
  })();
  database.close();
}
