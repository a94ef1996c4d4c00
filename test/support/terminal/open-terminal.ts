import { onTestFinished } from 'vitest';
import { startTerminal, type RunningTerminal, type TerminalOptions } from './start-terminal.ts';

/** A program in a pseudo-terminal for one test, which ends it. */
export function openTerminal(options: TerminalOptions): RunningTerminal {
  const terminal = startTerminal(options);
  onTestFinished(async () => {
    terminal.kill();
    await terminal.exit();
  });
  return terminal;
}
