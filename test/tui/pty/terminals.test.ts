import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../../support/databases.ts';
import type { Size } from '../../support/terminal/screen.ts';
import type { RunningTerminal } from '../../support/terminal/start-terminal.ts';
import { strayControls } from '../../support/terminal/stray-controls.ts';
import { goOn, openMigrate } from './support/open-migrate.ts';
import { openOldShop, shop } from './support/shop.ts';
import { watchFrames } from './support/watch-frames.ts';

/** The terminal matters here, not the database. */
const [kind] = databaseKinds as readonly [(typeof databaseKinds)[0]];

describe('a terminal of', { timeout: 300_000 }, () => {
  it.each([
    { columns: 40, rows: 24 },
    { columns: 100, rows: 30 },
    { columns: 250, rows: 60 },
    { columns: 80, rows: 10 },
    { columns: 40, rows: 10 },
  ])('$columns columns and $rows rows shows every screen whole, and runs', async (size) => {
    const { project, database, pending } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database, size);
    const seen = watchFrames(terminal);
    await terminal.waitFor(isWhole('🚀 mikrate', 'enter go on', 'server'));
    await terminal.press('enter');
    await terminal.waitFor(isWhole('📋 Plan', 'a apply', 'create table book'));
    await terminal.press('enter');
    await terminal.waitFor(isWhole('🟢 create table book', '↑↓ scroll', 'additive'));
    await terminal.press('end');
    await terminal.waitFor('adds something');
    await terminal.press('escape');
    await terminal.waitFor(isWhole('📋 Plan', 'a apply', 'create table book'));
    await terminal.type('?');
    await terminal.waitFor(isWhole('Keys: plan', '↑↓ scroll', 'move'));
    await terminal.type('x');
    await terminal.waitFor(isWhole('📋 Plan', 'a apply', 'create table book'));
    await terminal.type('a');
    await terminal.waitFor(isWhole('✋ Confirm', 'enter run it', 'Run this?'));
    await terminal.press('enter');
    const result = await terminal.waitFor(/^🎉 Done/mu);
    expect(result).toMatch(/❯ Quit/u);
    await terminal.press('enter');
    expect((await terminal.exit()).code).toBe(0);
    expect(await pending()).toBe(0);
    expect(seen.count).toBeGreaterThan(8);
    expect(seen.wrapped).toEqual([]);
    expect(seen.doubled).toEqual([]);
    expect(strayControls(terminal.bytes())).toEqual([]);
  });

  it('fewer rows and then more leaves nothing of an older frame on the screen', async () => {
    const { project, database } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database, { columns: 100, rows: 30 });
    await terminal.waitFor(isWhole('🚀 mikrate', 'enter go on', 'enter shows the plan'));
    await terminal.press('enter');
    const isPlan = isWhole('📋 Plan', 'a apply', 'create table book');
    await terminal.waitFor(isPlan);
    await terminal.press('enter');
    const isDetail = isWhole('🟢 create table book', '↑↓ scroll', 'class');
    await terminal.waitFor(isDetail);
    for (const rows of [12, 40, 10, 16, 11, 50]) {
      await resize(terminal, { columns: rows % 4 === 0 ? 100 : 60, rows }, isDetail);
    }
    expect(terminal.screen().match(/^🟢 create table book/gmu)).toHaveLength(1);
  });

  it('another size, while a person looks and while a run goes on, is drawn anew', async () => {
    const { project, database, pending } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database, { pause: 'after-ddl' });
    const overview = await terminal.waitFor(isWhole('🚀 mikrate', 'enter go on', 'enter shows the plan'));
    const isOverview = isWhole('🚀 mikrate', 'enter go on', 'enter shows the plan');
    await resize(terminal, { columns: 130, rows: 40 }, isOverview);
    // Now the terminal wraps lines that were written for more columns.
    await resize(terminal, { columns: 42, rows: 40 }, isOverview);
    await resize(terminal, { columns: 100, rows: 30 }, (screen) => screen === overview);
    await terminal.press('enter');
    await terminal.waitFor(isWhole('📋 Plan', 'a apply', 'create table book'));
    await terminal.type('a');
    await terminal.waitFor('Run this?');
    await terminal.press('enter');
    await terminal.waitFor('🚀 Migrating');
    const isRunning = (screen: string): boolean =>
      count(screen, '🚀 Migrating') === 1 && screen.includes(' of 3 operations');
    await resize(terminal, { columns: 50, rows: 14 }, isRunning);
    goOn(project);
    await terminal.waitFor(/^🎉 Done/mu);
    await terminal.press('enter');
    expect((await terminal.exit()).code).toBe(0);
    expect(await pending()).toBe(0);
  });
});

describe('a terminal that', { timeout: 300_000 }, () => {
  it('asks for no colours (NO_COLOR) gets none', async () => {
    const { project, database } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database, { env: { NO_COLOR: '1' } });
    await walk(terminal);
    expect(coloursIn(terminal)).toEqual([]);
  });

  it('is light or dark can show every colour that is used', async () => {
    const { project, database } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database);
    await walk(terminal);
    const used = coloursIn(terminal);
    expect(used).toContain('32');
    // Neither black nor white nor yellow nor grey, and no background: the terminal's own are kept.
    expect(used.filter((colour) => !['31', '32', '34', '35', '36', '39'].includes(colour))).toEqual([]);
  });

  it('cannot move its cursor (TERM=dumb) gets the plan as text', async () => {
    const { project, database, authors } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database, { env: { TERM: 'dumb' } });
    expect((await terminal.exit()).code).toBe(2);
    expect(terminal.screen()).toContain('add column author.email');
    expect(terminal.screen()).toContain('Nothing was changed');
    expect(terminal.bytes().includes('\u001B')).toBe(false);
    expect(Object.keys((await authors())[0] ?? {})).not.toContain('email');
  });

  it('is read aloud (INK_SCREEN_READER) tells each screen in words, and runs', async () => {
    const { project, database, pending } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database, { env: { INK_SCREEN_READER: 'true' } });
    await terminal.waitFor('enter shows the plan');
    await terminal.press('enter');
    await terminal.waitFor(/listitem: .*create table book/u);
    expect(terminal.screen()).toMatch(/\(selected\)/u);
    await terminal.type('a');
    await terminal.waitFor('Run this?');
    await terminal.press('enter');
    await terminal.waitFor('🎉 Done');
    expect(terminal.screen()).toMatch(/option: \(selected\) .*Quit/u);
    await terminal.press('enter');
    expect((await terminal.exit()).code).toBe(0);
    expect(await pending()).toBe(0);
    expect(strayControls(terminal.bytes())).toEqual([]);
  });

  it('is slow gets only what changed', async () => {
    const { project, database } = await openOldShop(kind, shop.grown);
    const terminal = openMigrate(project, database);
    await terminal.waitFor('enter shows the plan');
    await terminal.press('enter');
    const plan = await terminal.waitFor('📋 Plan');
    const before = terminal.bytes().length;
    await terminal.press('down');
    await terminal.waitFor((screen) => screen !== plan);
    expect(terminal.bytes().length - before).toBeLessThan(700);
    await terminal.press('ctrl-c');
    await terminal.exit();
  });
});

/** Waits until the program has drawn for the new size: before, the screen is as the terminal alone has made it. */
async function resize(terminal: RunningTerminal, size: Size, isDrawn: (screen: string) => boolean): Promise<void> {
  const before = terminal.bytes().length;
  terminal.resize(size);
  await terminal.waitFor(() => terminal.bytes().length > before);
  await terminal.waitFor(isDrawn);
}

/** From the first screen through the plan to the end of a run. */
async function walk(terminal: RunningTerminal): Promise<void> {
  await terminal.waitFor('enter shows the plan');
  await terminal.press('enter');
  await terminal.waitFor('📋 Plan');
  await terminal.type('a');
  await terminal.waitFor('Run this?');
  await terminal.press('enter');
  await terminal.waitFor('🎉 Done');
  await terminal.press('enter');
  await terminal.exit();
}

/** Head, foot and something of the body are there, once each, and nothing is between the head and the top. */
function isWhole(head: string, foot: string, body: string): (screen: string) => boolean {
  return (screen) => {
    const lines = screen.split('\n');
    return (
      lines.at(0)?.startsWith(head) === true &&
      lines.at(-1)?.startsWith(foot.slice(0, 30)) === true &&
      screen.includes(body)
    );
  };
}

function count(screen: string, words: string): number {
  return screen.split(words).length - 1;
}

/** The colours that were set, as the numbers of SGR. */
function coloursIn(terminal: RunningTerminal): string[] {
  const settings = [
    ...terminal
      .bytes()
      .toString()
      .matchAll(/\u001B\[([\d;]*)m/gu),
  ].map(([, numbers = '']) => numbers);
  const colours = settings.filter((numbers) => /^(?:3|4|9|10)\d/u.test(numbers));
  return [...new Set(colours)];
}
