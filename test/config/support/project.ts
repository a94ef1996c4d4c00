import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A project folder of its own for one test. */
export interface Project {
  readonly folder: string;
  /** Loads its config in a process of Node.js alone, which stays for the next one. */
  load(request?: object, env?: Record<string, string>): Promise<Loaded>;
}

export interface Loaded {
  readonly file: string;
  readonly options: Record<string, unknown>;
  readonly migrate: Record<string, unknown>;
  readonly code?: string;
  readonly message?: string;
  readonly exit?: number;
}

/** Writes the files (an empty package.json where none is given); `packages` links our own node_modules. */
export function makeProject(files: Record<string, string>, options: { packages?: boolean } = {}): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mikrate-config-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  if (options.packages) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, load: (request = {}, env = {}) => load({ cwd: folder, env, ...request }) };
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const script = fileURLToPath(new URL('load-in-child.ts', import.meta.url));

let child: ChildProcess | undefined;

function load(request: object): Promise<Loaded> {
  const loader = (child ??= start());
  loader.ref();
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      child = undefined;
      reject(new Error('the process that loads configs ended'));
    };
    loader.once('exit', ended);
    loader.once('message', (loaded: Loaded) => {
      loader.off('exit', ended);
      loader.unref();
      resolve(loaded);
    });
    loader.send(request);
  });
}

function start(): ChildProcess {
  const started = fork(script, { env: { PATH: process.env['PATH'] ?? '' }, execArgv: [] });
  started.channel?.unref();
  return started;
}
