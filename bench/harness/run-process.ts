import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What to start: arguments of this Node.js, where, with what in the environment. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly ms: number;
  /** `undefined` where a signal ended it. */
  readonly code: number | undefined;
  readonly output: string;
}

/** Runs a process to its end. `ms` is the wall time from before its start to the news of its end. */
export async function runProcess(command: Command, work: string, timeoutMs = 120_000): Promise<Ended> {
  const file = join(work, 'output.txt');
  // A file, because reading a pipe would take time from the harness' own core.
  const output = openSync(file, 'w');
  const start = performance.now();
  const child = spawn(process.execPath, command.args, {
    cwd: command.cwd,
    env: { ...environment(), ...command.env },
    stdio: ['ignore', output, output],
    timeout: timeoutMs,
  });
  const ended = await new Promise<{ ms: number; code: number | undefined }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve({ ms: performance.now() - start, code: code ?? undefined }));
  });
  closeSync(output);
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  return { ...ended, output: text };
}

/** Nothing of the shell that started the benchmark may change what is measured. */
function environment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
