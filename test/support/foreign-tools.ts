import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { TestDatabase } from './databases.ts';
import { cacheFolder } from './servers/cache-folder.ts';
import { runCommand } from './servers/command.ts';
import { showProgress } from './servers/progress.ts';

/** A copy of a project under test/foreign-tools/, beside the packages that it needs. */
export interface ForeignProject {
  readonly folder: string;
  /** Lets the tool bring a database to the first so many of its migrations. */
  run(database: TestDatabase, count: number): Promise<void>;
  remove(): void;
}

/** A project with its tool, which is installed on first use; MikroORM is there already, beside the project itself. */
export async function openForeignProject(tool: string): Promise<ForeignProject> {
  const isInstalled = tool === 'mikro-orm';
  const folder = mkdtempSync(join(isInstalled ? ownFolder() : await installedTools(), `${tool}-`));
  cpSync(join(source, tool), folder, { recursive: true });
  return {
    folder,
    async run(database, count) {
      // The time zone of the machine must not matter to what the tools write.
      const env = { DATABASE_URL: database.url, TZ: 'UTC' };
      await runCommand({ file: process.execPath, args: ['run.js', String(count)] }, { cwd: folder, env });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const source = resolve(import.meta.dirname, '../foreign-tools');

/** A folder that git ignores, from which the packages of this repository are found. */
function ownFolder(): string {
  const folder = resolve(import.meta.dirname, '../../.scratch');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The folder with the tools' packages, in the cache under the hash of their lock file. No package runs a script. */
async function installedTools(): Promise<string> {
  const lock = readFileSync(join(source, 'package-lock.json'));
  const name = `foreign-tools-${createHash('sha256').update(lock).digest('hex').slice(0, 8)}`;
  const root = join(dirname(cacheFolder()), name);
  if (!existsSync(root)) await install(root);
  return root;
}

async function install(root: string): Promise<void> {
  showProgress('installing the migration tools whose histories are taken over (once, about a minute)');
  mkdirSync(dirname(root), { recursive: true });
  const part = mkdtempSync(`${root}.part-`);
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(part, file));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  try {
    await runCommand({ file: 'npm', args }, { cwd: part });
    renameSync(part, root);
  } catch (error) {
    // Another worker may have been faster.
    if (!existsSync(root)) throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}
