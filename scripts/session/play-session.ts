import { setTimeout as sleep } from 'node:timers/promises';
import type { Key } from '../../test/support/terminal/keys.ts';
import type { RunningTerminal, Wanted } from '../../test/support/terminal/start-terminal.ts';
import { captureScreen } from './capture-screen.ts';
import type { Frame, Recording } from './recording.ts';

/** One thing that the person at the keyboard does, or waits for. */
export type Step =
  | { readonly waitFor: Wanted }
  | { readonly press: Key }
  | { readonly type: string }
  /** Milliseconds to read what is there. */
  | { readonly pause: number }
  /** What the written capture says above the screen as it is now. */
  | { readonly caption: string };

/** Milliseconds between two typed characters. */
const typing = 70;

/** Plays the steps in a terminal, to the program's end, and keeps what its screen shows. */
export async function playSession(terminal: RunningTerminal, steps: readonly Step[]): Promise<Recording> {
  const { emulator } = terminal.display;
  const frames: Frame[] = [];
  const start = performance.now();
  const keep = (caption?: string): void => {
    const lines = captureScreen(emulator);
    const isSame = JSON.stringify(lines) === JSON.stringify(frames.at(-1)?.lines);
    if (isSame && caption === undefined) return;
    frames.push({ at: Math.round(performance.now() - start), lines, ...(caption !== undefined && { caption }) });
  };
  const stop = terminal.onChange(() => {
    if (!terminal.display.isHalfDrawn()) keep();
  });
  for (const step of steps) await perform(step, terminal, keep);
  await terminal.exit();
  keep();
  stop();
  return { columns: emulator.cols, rows: emulator.rows, frames };
}

async function perform(step: Step, terminal: RunningTerminal, keep: (caption: string) => void): Promise<void> {
  if ('waitFor' in step) return void (await terminal.waitFor(step.waitFor));
  if ('press' in step) return terminal.press(step.press);
  if ('pause' in step) return sleep(step.pause);
  if ('caption' in step) return keep(step.caption);
  for (const char of step.type) {
    await terminal.type(char);
    await sleep(typing);
  }
}
