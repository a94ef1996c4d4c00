import type { CommandContext } from './context.ts';
import { runIdle } from './idle.ts';

const exitOfSignal = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs a command line and gives its exit code; the one place where errors become text and a code. `isWholeProcess`: it is
 * all that this process is for.
 */
export async function startProcess(argv: readonly string[], { isWholeProcess = false } = {}): Promise<number> {
  if (await runIdle(argv, process.env)) return 0;
  const { importQuickly } = await import('./import-quickly.ts');
  importQuickly(process.execArgv, process.env['NODE_OPTIONS']);
  if (isWholeProcess) (await import('./tune-engine.ts')).tuneForShortRun();
  const { openOutput } = await import('./open-output.ts');
  const stop = new AbortController();
  const stopped = listenForSignals(stop);
  const context: Omit<CommandContext, 'options'> = {
    cwd: process.cwd(),
    env: process.env,
    isTerminal: process.stdin.isTTY && process.stdout.isTTY,
    ...openOutput(process.stdout, process.stderr),
    signal: stop.signal,
  };
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv, context);
  } catch (error) {
    return await reportError(error, argv, context, stopped());
  }
}

async function reportError(
  error: unknown,
  argv: readonly string[],
  context: Omit<CommandContext, 'options'>,
  signal: keyof typeof exitOfSignal | undefined,
): Promise<number> {
  const { errorData, errorText } = await import('../report/error-text.ts');
  if (argv.includes('--json')) context.writeOut(JSON.stringify({ kind: 'error', ...errorData(error) }));
  context.writeErr(errorText(error));
  const { exitCode } = error as { exitCode?: number };
  return signal ? exitOfSignal[signal] : (exitCode ?? 1);
}

/** The first signal asks the run to stop after the current operation; a second one ends the process at once. */
function listenForSignals(stop: AbortController): () => keyof typeof exitOfSignal | undefined {
  let received: keyof typeof exitOfSignal | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (received) process.exit(exitOfSignal[signal]);
      received = signal;
      process.stderr.write(`\n${signal}: finishing the current operation; once more ends at once\n`);
      stop.abort(signal);
    });
  }
  return () => received;
}
