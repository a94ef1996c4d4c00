import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Failpoint } from '../../src/events/failpoint.ts';
import { runResident } from './resident-cli.ts';

export interface CliRun {
  /** 128 + n after a signal. */
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The project's folder; this repository's by default. */
  readonly cwd?: string;
  /** Module that is loaded before the command. */
  readonly preload?: string;
}

/** A command in a process of its own that can be watched and sent signals. */
export interface RunningCli {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<CliRun>;
}

type Database = { readonly url: string };

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const failpointPreload = fileURLToPath(new URL('failpoint-preload.ts', import.meta.url));

/** Starts `migrate` from source in a process of its own against a database. */
export function startCli(
  database: Database,
  args: readonly string[],
  { env, cwd = root, preload }: CliOptions = {},
): RunningCli {
  const child = spawn(process.execPath, [...(preload === undefined ? [] : ['--import', preload]), main, ...args], {
    cwd,
    env: { ...process.env, DATABASE_URL: database.url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<CliRun>((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ exit: code ?? 128 + constants.signals[signal ?? 'SIGTERM'], stdout, stderr }),
    );
  });
  return { child, ended };
}

/** Runs `migrate` from source against a database, in a process that stays for the next command (see `runResident`). */
export function runCli(
  database: Database,
  args: readonly string[],
  { env, cwd = root }: Omit<CliOptions, 'preload'> = {},
): Promise<CliRun> {
  return runResident({ args, cwd, env: { ...process.env, DATABASE_URL: database.url, ...env } });
}

/** `migrate --ci` that is killed (SIGKILL) when it reaches a place for the n-th time; ends with 137. */
export function runKilled(
  database: Database,
  { place, hit }: { place: Failpoint; hit: number },
  cwd?: string,
): Promise<CliRun> {
  const env = { MIKRATE_FAILPOINT: `${place}:${hit}` };
  return startCli(database, ['--ci'], { preload: failpointPreload, env, ...(cwd !== undefined && { cwd }) }).ended;
}

/** The facts and the result that `--json` wrote, one a line. */
export function jsonOf({ stdout }: CliRun): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
