import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { proof } from '../support/proof.ts';
import { outsideEnvironment } from './support/outside-environment.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'mikrate-clone-'));
const tables = [
  'groups',
  'inmates',
  'jails',
  'monitor_inmate_links',
  'monitor_links',
  'monitors',
  'sessions',
  'user_groups',
  'users',
];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(
  'the two commands of the README bring a fresh clone to a database of nine tables',
  { timeout: 300_000 },
  async () => {
    await copyTrackedFiles();
    const [install, migrate, ...rest] = firstCommands();
    expect([install, migrate, rest]).toEqual(['npm ci', 'npx migrate --ci', []]);
    await shell(install ?? '');
    const first = await shell(migrate ?? '');
    for (const table of tables) expect(first).toContain(`✅ Created ${table} successfully`);
    expect(first).toContain('🎉 Complete migration SUCCEEDED!');
    expect(existsSync(join(folder, 'data/jail-roster.sqlite'))).toBe(true);
    expect(await shell(migrate ?? '')).toContain('🎉 Nothing to do');
    proof('packaging: fresh clone and packed package', 'sqlite');
  },
);

/** What a clone would hold, with changes that are not committed yet. */
async function copyTrackedFiles(): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  const names = stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)));
  for (const name of names) cpSync(join(root, name), join(folder, name));
}

/** The commands of the first block of the README. */
function firstCommands(): string[] {
  const [, block = ''] = /```(?:bash|sh)\n(.*?)```/su.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  return block
    .split('\n')
    .map((line) => line.replace(/#.*$/u, '').trim())
    .filter((line) => line !== '');
}

async function shell(command: string): Promise<string> {
  return (await run('bash', ['-c', command], { cwd: folder, env: outsideEnvironment(), maxBuffer: 1e8 })).stdout;
}
