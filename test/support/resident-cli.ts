import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CliRun } from './run-cli.ts';

export interface ResidentCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type ResidentAnswer = CliRun;

const program = fileURLToPath(new URL('resident-process.ts', import.meta.url));
const idle: ChildProcess[] = [];

/**
 * Runs a command line in a process that has run others before: what Node.js and MikroORM take to start is spent once for
 * a test file and not for each command. Commands at the same time have a process each.
 */
export async function runResident(command: ResidentCommand): Promise<ResidentAnswer> {
  const child = idle.pop() ?? (await start());
  hold(child);
  const answer = await new Promise<ResidentAnswer>((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`The resident process ended with ${String(code)}.`));
    child.once('exit', ended);
    child.once('message', (message: ResidentAnswer) => {
      child.off('exit', ended);
      resolve(message);
    });
    child.send(command);
  });
  release(child);
  idle.push(child);
  return answer;
}

/** An idle process does not keep this one alive; it ends with it. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

async function start(): Promise<ChildProcess> {
  const child = fork(program, {
    // No flags of this process: with any flag of V8, Node.js compiles its own modules anew.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}
