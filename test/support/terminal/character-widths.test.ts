import { expect, it } from 'vitest';
import { openScreen } from './screen.ts';

it.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['漢字', 4],
  ['한글', 4],
  ['🚀', 2],
  ['⚠', 1],
  ['⚠\uFE0F', 2],
  ['👩\u200D🚀', 2],
  ['👍🏽', 2],
  ['🇩🇪', 2],
  ['🇩🇪🇫🇷', 4],
  ['a\u200Bb', 2],
  ['น้ำ', 2],
  ['\u{20000}', 2],
])('%s is as wide as %i cells', async (text, width) => {
  const screen = openScreen(
    { columns: 20, rows: 3 },
    () => {},
    () => {},
  );
  screen.write(new TextEncoder().encode(text));
  await screen.flushed();
  expect(screen.emulator.buffer.active.cursorX).toBe(width);
  expect(screen.visible()).toBe(text);
});
