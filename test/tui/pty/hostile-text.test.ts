import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProject, type Project } from '../../cli/support/project.ts';
import { quoteName } from '../../support/connections/quote.ts';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../../support/databases.ts';
import { strayControls } from '../../support/terminal/stray-controls.ts';
import type { RunningTerminal } from '../../support/terminal/start-terminal.ts';
import { openMigrate } from './support/open-migrate.ts';

/** What a terminal would obey: none of it is on the list of what we send ourselves, so that each is found in the output. */
const controls = {
  blink: '\u001B[5m',
  title: '\u001B]0;owned\u0007',
  link: '\u001B]8;;http://x\u001B\\',
  wipe: '\u001B[3J',
  alternate: '\u001B[?1049h',
  c1: '\u009B5m',
  back: '\b\b\b',
  bell: '\u0007',
  turn: '\u202Egnp',
  isolate: '\u2066',
  separator: '\u2028',
} as const;

/** A text with each of its controls written out in the one form that we have. */
const shown = (text: string): RegExp =>
  new RegExp(
    text.replaceAll(/[\p{Cc}\p{Bidi_Control}\p{Zl}$()*+.?[\\\]^{|}]/gu, (char) => {
      const code = (char.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
      return /[\p{Cc}\p{Bidi_Control}\p{Zl}]/u.test(char) ? `\\\\u${code}` : `\\${char}`;
    }),
    'u',
  );

/** Names have room for less than a comment has. */
const nameOf = (word: string): string =>
  `${word}${controls.blink}${controls.c1}${controls.bell}${controls.turn}${controls.separator}`;
const textOf = (word: string): string => `${word}${Object.values(controls).join('')}z`;

describe.each(databaseKinds)('text from a database on %s', { timeout: 300_000 }, (kind) => {
  it('is shown, never obeyed: names, comments, defaults, values and SQL, on every screen', async () => {
    const { project, database } = await openHostileShop(kind);
    const terminal = openMigrate(project, database, { columns: 240, rows: 60 });
    const overview = await terminal.waitFor('enter answers the questions');
    expect(overview).toMatch(shown(nameOf('not ours')));
    await terminal.press('enter');
    expect(await terminal.waitFor('values such as')).toMatch(shown(textOf('value')));
    expect(terminal.screen()).toMatch(shown(nameOf('old')));
    await terminal.press('down');
    await terminal.waitFor('❯');
    await terminal.press('enter');
    expect(await terminal.waitFor('📋 Plan')).toMatch(shown(nameOf('new')));
    await terminal.press('enter');
    await terminal.waitFor('restores');
    await terminal.press('escape');
    await terminal.waitFor('📋 Plan');
    await terminal.type('s');
    await terminal.waitFor('All SQL');
    await terminal.press('escape');
    await terminal.waitFor('📋 Plan');
    // What is pasted comes from elsewhere, too.
    await terminal.type('/');
    await terminal.type(`\u001B[200~x${controls.blink}${controls.turn}y\u001B[201~`);
    await terminal.waitFor(/^\/ x.*y/mu);
    await terminal.press('escape');
    await terminal.waitFor((screen) => !/^\/ x/mu.test(screen));
    await terminal.type('a');
    await terminal.waitFor('Run this?');
    await terminal.press('enter');
    await terminal.waitFor('🎉 Done');
    expect(terminal.scrollback() + terminal.screen()).toMatch(shown(nameOf('more')));
    await terminal.type('h');
    await terminal.waitFor('create table');
    await terminal.press('enter');
    await terminal.waitFor('📜 Version');
    await terminal.press('ctrl-c');
    await terminal.exit();
    expectClean(terminal);
  });

  it('is shown, never obeyed, where it is part of an error', async () => {
    const { project, database } = await openHostileShop(kind);
    const table = quoteName(kind, nameOf('item'));
    const value = literal(kind, textOf('value'));
    const columns = `id, ${quoteName(kind, nameOf('old'))}`;
    mkdirSync(join(project.folder, 'migrations'));
    writeFileSync(
      join(project.folder, 'migrations/0001_wrong.sql'),
      `create unique index one_of_each on ${table} (${quoteName(kind, nameOf('old'))});\ninsert into ${table} (${columns}) values (2, ${value});\n`,
    );
    const terminal = openMigrate(project, database, { columns: 240, rows: 60 });
    await terminal.waitFor('enter answers the questions');
    await terminal.press('enter');
    await terminal.waitFor('values such as');
    await terminal.press('down');
    await terminal.waitFor('❯');
    await terminal.press('enter');
    await terminal.waitFor('📋 Plan');
    await terminal.type('a');
    await terminal.waitFor('Run this?');
    await terminal.press('enter');
    await terminal.waitFor('❌ Failed');
    await terminal.press('ctrl-c');
    await terminal.exit();
    expectClean(terminal);
  });
});

/** A project whose every name and text is hostile, with a table that somebody else made. */
async function openHostileShop(kind: DatabaseKind): Promise<{ project: Project; database: TestDatabase }> {
  const database = await createDatabase(kind, { name: 'hostile' });
  onTestFinished(() => database.drop());
  const project = createProject(modelsWith('old'));
  const first = await project.migrate(database, ['--ci']);
  expect(first.exit, first.stderr).toBe(0);
  const item = quoteName(kind, nameOf('item'));
  await database.run([
    `insert into ${item} (id, ${quoteName(kind, nameOf('old'))}) values (1, ${literal(kind, textOf('value'))})`,
    `create table ${quoteName(kind, nameOf('not ours'))} (${quoteName(kind, nameOf('theirs'))} integer)`,
  ]);
  project.writeModels(modelsWith('new'));
  return { project, database };
}

/** A text without quotes as a literal: to MySQL and MariaDB a backslash means something. */
function literal(kind: DatabaseKind, text: string): string {
  return kind === 'mysql' || kind === 'mariadb' ? `'${text.replaceAll('\\', '\\\\')}'` : `'${text}'`;
}

/** The column that is renamed; with `new`, a table and a column more. */
function modelsWith(name: 'old' | 'new'): string {
  const text = (value: string): string => JSON.stringify(value);
  const column = `p.string().length(100).fieldName(${text(nameOf(name))})`;
  const more = `more: p.string().length(200).fieldName(${text(nameOf('more'))}).default(${text(textOf('default'))}).comment(${text(textOf('comment'))}),`;
  const extra = `const Extra = defineEntity({ name: 'Extra', tableName: ${text(nameOf('extra'))}, properties: { id: p.integer().primary() } });`;
  return `
    const Item = defineEntity({ name: 'Item', tableName: ${text(nameOf('item'))}, properties: { id: p.integer().primary(), name: ${column}, ${name === 'new' ? more : ''} } });
    ${name === 'new' ? extra : ''}
    const entities = [Item${name === 'new' ? ', Extra' : ''}];`;
}

function expectClean(terminal: RunningTerminal): void {
  expect(strayControls(terminal.bytes())).toEqual([]);
  const sent = terminal.bytes().toString();
  for (const [name, control] of Object.entries(controls)) expect(sent.includes(control), name).toBe(false);
  expect(sent).not.toMatch(/\p{Bidi_Control}/u);
}
