import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quickFolder } from '../quick-folder.ts';
import type { ServerKind } from './server.ts';
import { serverUser } from './server-user.ts';

const prefix = 'mikrate-server-';

/** A new temporary folder that the server's user owns; in memory where there is room, unless it is to be elsewhere. */
export function createDataFolder(kind: ServerKind, parent = quickFolder()): string {
  removeStaleDataFolders();
  const folder = mkdtempSync(join(parent, `${prefix}${kind}-`));
  chmodSync(folder, 0o755);
  giveToServer(folder);
  return folder;
}

/** Makes the user that the server runs as the owner of a file or folder. */
export function giveToServer(path: string): void {
  const user = serverUser();
  if (user) chownSync(path, user.uid, user.gid);
}

/** Removes what is left of runs whose supervisor was killed too; servers of living runs are left alone. */
function removeStaleDataFolders(): void {
  for (const name of readdirSync(quickFolder()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(quickFolder(), name);
    const supervisor = readPid(join(folder, 'supervisor.pid'));
    if (supervisor === undefined ? isYoung(folder) : isOurs(supervisor, folder)) continue;
    const server = readPid(join(folder, 'server.pid'));
    if (server !== undefined && isOurs(server, folder)) process.kill(server, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A server without a supervisor yet may still be preparing its data. */
function isYoung(folder: string): boolean {
  return Date.now() - statSync(folder).mtimeMs < 10 * 60_000;
}

function readPid(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) || undefined : undefined;
}

/** Pids are used again: only a process that names the folder in its command line belongs to it. */
function isOurs(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}
