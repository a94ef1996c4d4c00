import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CliRun {
  /** 128 + n after a signal. */
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs `migrate` from source in a process of its own, in the reference application's folder, against a database. */
export function runCli(
  database: { readonly url: string },
  args: readonly string[],
  { env, cwd = root }: CliOptions = {},
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      env: { ...process.env, DATABASE_URL: database.url, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ exit: code ?? 128 + (signal === 'SIGKILL' ? 9 : 15), stdout, stderr }),
    );
  });
}

/** The facts and the result that `--json` wrote, one a line. */
export function jsonOf({ stdout }: CliRun): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
