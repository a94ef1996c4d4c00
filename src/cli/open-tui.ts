import type { Opening } from '../tui/begin.ts';
import { loadTui } from './load-tui.ts';
import type { CommandContext } from './context.ts';
import { tuneForTables } from './tune-engine.ts';

/** True where a person sits at a terminal that can be drawn on, and nothing says that a program listens. */
export function isForPerson({ isTerminal, env, options }: CommandContext): boolean {
  const isUnattended = options.ci || options.json || options.dryRun || options.yes || Boolean(env['CI']);
  return isTerminal && !isUnattended && env['TERM'] !== 'dumb';
}

/** Opens the terminal interface, which is loaded only now. Its exit code is the command's. */
export async function openTui(context: CommandContext, opening: Opening): Promise<number> {
  // Keys must wait neither for a collector that has little room nor for slow code.
  tuneForTables(Number.POSITIVE_INFINITY);
  // One after the other: the environment is another one while the interface is loaded.
  const { runTui } = await loadTui(process.env);
  const { createEngine } = await import('./tui-engine.ts');
  const hasColours = !context.env['NO_COLOR'];
  return runTui({ engine: createEngine(context), opening, hasColours, signal: context.signal });
}
