import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './command.ts';
import { serverUser } from './server-user.ts';

export interface Supervised {
  readonly logFile: string;
  /** Fails with the end of the server's log if the server has ended. */
  ensureAlive(): void;
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly folder: string;
  /** The signal that ends the server at once; its data are thrown away anyhow. */
  readonly signal: 'QUIT' | 'KILL';
}

// The supervisor waits for the end of its stdin, a pipe that only this process holds. The kernel closes it however this
// process ends, also by SIGKILL; so a server never outlives its run.
const supervisor = `
folder=$1; signal=$2; shift 2
echo $$ > "$folder/supervisor.pid"
"$@" < /dev/null > "$folder/server.log" 2>&1 &
server=$!
echo $server > "$folder/server.pid"
trap '' INT TERM HUP
cat > /dev/null
kill -s "$signal" $server 2> /dev/null
wait $server
rm -rf "$folder"
`;

/** Starts a server that ends with this process, whatever happens to it; its data folder is removed then. */
export function supervise(command: Command, { folder, signal }: SuperviseOptions): Supervised {
  const child = spawn(
    '/bin/sh',
    ['-c', supervisor, 'mikrate-supervisor', folder, signal, command.file, ...command.args],
    {
      cwd: folder,
      detached: true,
      env: { ...process.env, ...command.env },
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const logFile = join(folder, 'server.log');
  return {
    logFile,
    ensureAlive() {
      const pidFile = join(folder, 'server.pid');
      const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
      if (pid && !existsSync(`/proc/${pid}/exe`) && !isRunning(pid)) {
        throw new Error(
          `${command.file} ended while it started. The end of its log:\n${readFileSync(logFile, 'utf8').slice(-4000)}`,
        );
      }
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** `command` run by the server's user, where the tests run as root. The process keeps its pid. */
export function asServerUser(command: Command): Command {
  const user = serverUser();
  if (!user) return command;
  const switching = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--'];
  return { ...command, file: 'setpriv', args: [...switching, command.file, ...command.args] };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
