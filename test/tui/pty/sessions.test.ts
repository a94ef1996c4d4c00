import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../../support/databases.ts';
import type { RunningTerminal } from '../../support/terminal/start-terminal.ts';
import { strayControls } from '../../support/terminal/stray-controls.ts';
import { goOn, openMigrate } from './support/open-migrate.ts';
import { openOldShop, shop } from './support/shop.ts';

describe.each(databaseKinds)('a person at a terminal, on %s,', { timeout: 300_000 }, (kind) => {
  it('sees what would change, gives leave, and has it', async () => {
    const { project, database, pending } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database);
    const overview = await terminal.waitFor('enter shows the plan');
    expect(overview).toContain(database.name);
    expect(overview).toMatch(/head +version \d+ of \d{4}-/u);
    await terminal.press('enter');
    const plan = await terminal.waitFor('📋 Plan');
    for (const change of ['create table book', 'add column author.email', 'add index author_email'])
      expect(plan).toContain(change);
    await expect(database.query('select email from author')).rejects.toThrow();
    await terminal.press('enter');
    await terminal.waitFor('restores');
    await terminal.press('escape');
    await terminal.waitFor('📋 Plan');
    await giveLeave(terminal);
    const result = await terminal.waitFor('🎉 Done');
    expect(result).toMatch(/📊 \d+ changes applied/u);
    expect(result).toMatch(/Verification PASSED/u);
    await leave(terminal);
    expect(everything(terminal)).toContain('✅ Added email successfully');
    expect(await database.query('select email from author')).toEqual([{ email: null }, { email: null }]);
    expect(await database.query('select id from book')).toEqual([]);
    expect(await pending()).toBe(0);
  });
});

/** The interface is the same on all of them; what these two do differently is transactions, and who waits for whom. */
const twoKinds = databaseKinds.filter((kind) => kind === 'sqlite' || kind === 'postgresql');

describe.each(twoKinds)('a person at a terminal, on %s,', { timeout: 300_000 }, (kind) => {
  it('answers that a column was renamed, and keeps every value', async () => {
    const { project, database, authors, pending } = await openOldShop(kind, shop.renamed);
    const terminal = openMigrate(project, database);
    await terminal.waitFor('enter answers the questions');
    await terminal.press('enter');
    const question = await terminal.waitFor('values such as');
    expect(question).toContain('author: is full_name a new name, or a new column?');
    expect(question).toMatch(/Ursula, Italo|Italo, Ursula/u);
    // Nothing is chosen beforehand.
    expect(question).not.toContain('❯');
    await terminal.press('enter');
    await terminal.waitFor('Choose one');
    await terminal.press('down');
    await terminal.waitFor('❯ name was renamed to full_name');
    await terminal.press('enter');
    expect(await terminal.waitFor('📋 Plan')).toContain('rename column author.name to full_name');
    await giveLeave(terminal);
    await terminal.waitFor('🎉 Done');
    await leave(terminal);
    const names = (await authors()).map((row) => row['full_name']);
    expect(names).toEqual(['Ursula', 'Italo']);
    expect((await authors()).map((row) => Object.hasOwn(row, 'name'))).toEqual([false, false]);
    expect(await pending()).toBe(0);
  });

  it('says what rows get in a column that must not be NULL', async () => {
    const { project, database, authors, pending } = await openOldShop(kind, shop.stricter);
    const terminal = openMigrate(project, database);
    await terminal.waitFor('enter answers the questions');
    await terminal.press('enter');
    await terminal.waitFor('What do the rows of author get in rank?');
    await terminal.type('70000');
    await terminal.press('enter');
    await terminal.waitFor('❌');
    for (let at = 0; at < '70000'.length; at++) await terminal.press('backspace');
    await terminal.type('7');
    await terminal.waitFor('value › 7▏');
    await terminal.press('enter');
    await terminal.waitFor('📋 Plan');
    await giveLeave(terminal);
    await terminal.waitFor('🎉 Done');
    await leave(terminal);
    expect((await authors()).map((row) => Number(row['rank']))).toEqual([7, 7]);
    expect(await pending()).toBe(0);
  });

  it('lets one column go by typing the name of the database, and keeps the other', async () => {
    const { project, database, authors } = await openOldShop(kind, shop.shrunk);
    const terminal = openMigrate(project, database);
    await terminal.waitFor('enter shows the plan');
    await terminal.press('enter');
    const plan = await terminal.waitFor('✋ Withheld');
    expect(plan).toContain('drop column author.nickname');
    expect(plan).toContain('drop column author.born');
    await selectRow(terminal, 'drop column author.nickname');
    await terminal.press('space');
    await terminal.waitFor(/🧩 From the models[^✋]*drop column author\.nickname/u);
    await terminal.type('a');
    const confirmation = await terminal.waitFor('✋ Confirm');
    expect(confirmation).toMatch(/🔴 drop column author\.nickname/u);
    expect(confirmation).toMatch(/values? of author\.nickname (?:is|are) lost/u);
    expect(confirmation).toMatch(/✋ drop column author\.born/u);
    const [, name = ''] = /Type (\S+) to run this/u.exec(confirmation) ?? [];
    expect(database.url).toContain(name);
    await terminal.type('another');
    await terminal.press('enter');
    await terminal.waitFor('and press enter, or esc to go back');
    expect(Object.keys((await authors())[0] ?? {})).toContain('nickname');
    for (let at = 0; at < 'another'.length; at++) await terminal.press('backspace');
    await terminal.type(name);
    await terminal.waitFor(`${name}▏`);
    await terminal.press('enter');
    await terminal.waitFor('🎉 Done');
    await leave(terminal);
    expect(Object.keys((await authors())[0] ?? {})).toEqual(['id', 'name', 'born']);
    expect((await authors()).map((row) => Number(row['born']))).toEqual([1929, 1923]);
  });

  it('changes nothing by looking at everything and leaving', async () => {
    const { project, database, authors } = await openOldShop(kind, shop.shrunk);
    const before = await authors();
    const events = await database.query('select count(*) as n from schema_versions');
    const terminal = openMigrate(project, database);
    await terminal.waitFor('enter shows the plan');
    await terminal.press('enter');
    await terminal.waitFor('✋ Withheld');
    await terminal.type('a');
    await terminal.waitFor('Nothing runs: all of it is withheld');
    await terminal.type('s');
    await terminal.waitFor('All SQL');
    await terminal.press('escape');
    await terminal.waitFor('📋 Plan');
    await terminal.type('?');
    await terminal.waitFor('Keys: plan');
    await terminal.press('escape');
    await terminal.waitFor('📋 Plan');
    await terminal.press('ctrl-c');
    expect((await terminal.exit()).signal).toBeNull();
    expect(await authors()).toEqual(before);
    expect(await database.query('select count(*) as n from schema_versions')).toEqual(events);
  });

  it('is told how a step failed, and takes the run back from the menu', async () => {
    const { project, database, authors } = await openOldShop(kind, shop.old);
    writeMigration(project.folder, '0001_note.sql', [
      '-- migrate:up',
      'create table note (id integer primary key);',
      '-- migrate:down',
      'drop table note;',
    ]);
    writeMigration(project.folder, '0002_wrong.sql', [
      '-- migrate:up',
      `insert into author (id, name) values (1, 'again');`,
    ]);
    const terminal = openMigrate(project, database);
    await terminal.waitFor('enter shows the plan');
    await terminal.press('enter');
    expect(await terminal.waitFor('📋 Plan')).toContain('0002_wrong.sql');
    await giveLeave(terminal);
    const failure = await terminal.waitFor('❌ Failed');
    expect(failure).toMatch(/what to do: \S/u);
    expect(failure).toMatch(/database: \S/u);
    expect(failure).toContain('Roll back what this run did');
    expect(await database.query('select * from note')).toEqual([]);
    await selectRow(terminal, 'Show the SQL that failed');
    await terminal.press('enter');
    // The statement itself stands in the log above as well.
    expect(await terminal.waitFor('📝 The statement that failed')).toContain(
      "insert into author (id, name) values (1, 'again')",
    );
    await terminal.press('escape');
    await terminal.waitFor('❌ Failed');
    await selectRow(terminal, 'Roll back what this run did');
    await terminal.press('enter');
    const rollback = await terminal.waitFor(/🔙 Rollback to version \d+/u);
    expect(rollback).toContain('note');
    await terminal.press('enter');
    const asked = await terminal.waitFor(/Take this back\?|to take this back/u);
    const [, name] = /Type (\S+) to take this back/u.exec(asked) ?? [];
    if (name !== undefined) {
      await terminal.type(name);
      await terminal.waitFor(`${name}▏`);
    }
    await terminal.press('enter');
    await terminal.waitFor('Rolled back');
    await leave(terminal);
    await expect(database.query('select * from note')).rejects.toThrow();
    expect((await authors()).length).toBe(2);
    expect((await project.migrate(database, ['history', 'verify'])).exit).toBe(0);
  });

  it('stops a run after the current operation, when asked to', async () => {
    const { project, database } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database, { pause: 'after-ddl' });
    await terminal.waitFor('enter shows the plan');
    await terminal.press('enter');
    await terminal.waitFor('📋 Plan');
    await giveLeave(terminal);
    await terminal.waitFor('🚀 Migrating');
    await terminal.press('ctrl-c');
    await terminal.waitFor('finish this operation and stop');
    await terminal.press('escape');
    await terminal.waitFor((screen) => !screen.includes('finish this operation'));
    await terminal.press('ctrl-c');
    await terminal.waitFor('finish this operation and stop');
    await terminal.type('s');
    await terminal.waitFor('Stops after this operation');
    goOn(project);
    const stopped = await terminal.waitFor('🛑 Stopped');
    expect(stopped).toMatch(/database: \d of \d changes applied; nothing half-done/u);
    await selectRow(terminal, 'Quit');
    await terminal.press('enter');
    expect((await terminal.exit()).code).toBe(130);
    const next = await project.migrate(database, ['--ci', '--lock-timeout', '1s']);
    expect(next.exit, next.stderr).toBe(0);
    expect(next.stdout).not.toContain('🩹');
  });

  it('finds out in the history who did what, and takes it back from there', async () => {
    const { project, database, authors } = await openOldShop(kind, shop.grown);
    expect((await project.migrate(database, ['--ci'])).exit).toBe(0);
    const terminal = openMigrate(project, database, { args: ['history'] });
    await terminal.waitFor('📜 History');
    await terminal.waitFor('add column author.email');
    await terminal.type('/');
    await terminal.type('table:author');
    await terminal.waitFor('/ table:author▏');
    await terminal.waitFor((screen) => !screen.includes('create table book'));
    await terminal.press('enter');
    await selectRow(terminal, 'add column author.email');
    await terminal.press('enter');
    const detail = await terminal.waitFor('undo restores everything');
    expect(detail).toMatch(/by .+ with mikrate/u);
    expect(detail).toMatch(/alter table .author. add/iu);
    await terminal.press('escape');
    await terminal.waitFor('📜 History');
    await terminal.press('escape');
    await terminal.waitFor('create table book');
    await selectRow(terminal, 'create table book');
    await terminal.type('r');
    const plan = await terminal.waitFor(/🔙 Rollback to version \d+/u);
    expect(plan).toContain('add column author.email');
    expect(plan).toContain('create table book');
    await terminal.press('enter');
    const asked = await terminal.waitFor(/Take this back\?|to take this back/u);
    const [, name] = /Type (\S+) to take this back/u.exec(asked) ?? [];
    if (name !== undefined) await terminal.type(name);
    await terminal.press('enter');
    await terminal.waitFor('Rolled back');
    await leave(terminal);
    expect(Object.keys((await authors())[0] ?? {})).toEqual(['id', 'name', 'nickname', 'born']);
    await expect(database.query('select * from book')).rejects.toThrow();
    expect((await project.migrate(database, ['history', 'verify'])).exit).toBe(0);
  });
});

/** `a`, a look at what will run, and leave. */
async function giveLeave(terminal: RunningTerminal): Promise<void> {
  await terminal.type('a');
  await terminal.waitFor('Run this?');
  await terminal.press('enter');
}

/** `quit` in the menu of the result, and an end as it should be: code 0, cursor shown, nothing sent that is not ours. */
async function leave(terminal: RunningTerminal): Promise<void> {
  await selectRow(terminal, 'Quit');
  await terminal.press('enter');
  expect(await terminal.exit()).toEqual({ code: 0, signal: null });
  expect(terminal.display.isHalfDrawn()).toBe(false);
  const sent = terminal.bytes().toString();
  expect(sent.lastIndexOf('\u001B[?25h')).toBeGreaterThan(sent.lastIndexOf('\u001B[?25l'));
  expect(strayControls(terminal.bytes())).toEqual([]);
}

/** Moves the cursor down to the row with these words. */
async function selectRow(terminal: RunningTerminal, words: string): Promise<void> {
  const isSelected = (screen: string): boolean => lineOf(screen, words)?.startsWith('❯') === true;
  for (let tries = 0; tries < 50 && !isSelected(terminal.screen()); tries++) {
    const before = cursorLine(terminal.screen());
    await terminal.press('down');
    await terminal.waitFor((screen) => cursorLine(screen) !== before);
  }
  expect(isSelected(terminal.screen()), `cursor on "${words}":\n${terminal.screen()}`).toBe(true);
}

function lineOf(screen: string, words: string): string | undefined {
  return screen.split('\n').find((line) => line.includes(words));
}

function cursorLine(screen: string): string | undefined {
  return screen.split('\n').find((line) => line.startsWith('❯'));
}

function everything(terminal: RunningTerminal): string {
  return `${terminal.scrollback()}\n${terminal.screen()}`;
}

function writeMigration(folder: string, name: string, lines: readonly string[]): void {
  mkdirSync(join(folder, 'migrations'), { recursive: true });
  writeFileSync(join(folder, 'migrations', name), `${lines.join('\n')}\n`);
}
