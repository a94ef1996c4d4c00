import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

/** A project folder of its own for one test. */
export interface Project {
  readonly folder: string;
  /** Loads its config in a Node.js process of its own. */
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
  return { folder, load: (request = {}, env = {}) => load({ cwd: folder, ...request }, env) };
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const script = fileURLToPath(new URL('load-in-child.ts', import.meta.url));

async function load(request: object, env: Record<string, string>): Promise<Loaded> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(request)], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return JSON.parse(stdout) as Loaded;
}
