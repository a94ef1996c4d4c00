import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Failpoint } from '../../src/events/failpoint.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const preload = fileURLToPath(new URL('failpoint-preload.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface SpawnOptions {
  readonly args?: readonly string[];
  /** The project's folder; this repository's by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Kill the process with SIGKILL at the n-th time it reaches a place. */
  readonly killAt?: { readonly place: Failpoint; readonly hit: number };
}

/** `migrate --ci` in a process of its own, from source, against one database. */
export function spawnMigrate(
  url: string,
  { args = ['--ci'], cwd = root, env: more = {}, killAt }: SpawnOptions = {},
): Promise<Exit> {
  const nodeArguments = killAt ? ['--import', preload, main] : [main];
  const env = {
    ...process.env,
    DATABASE_URL: url,
    NODE_NO_WARNINGS: '1',
    ...more,
    ...(killAt && { MIKRATE_FAILPOINT: `${killAt.place}:${killAt.hit}` }),
  };
  const child = spawn(process.execPath, [...nodeArguments, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}
