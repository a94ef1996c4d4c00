import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Failpoint } from '../../../src/events/failpoint.ts';
import type { CliRun } from '../../support/run-cli.ts';
import type { Project } from './project.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const preload = fileURLToPath(new URL('pause-preload.ts', import.meta.url));

/** A run in a process of its own that can be sent signals. */
export interface RunningCli {
  readonly child: ChildProcess;
  /** Resolves once stderr or stdout holds the text. */
  saw(text: string): Promise<void>;
  readonly ended: Promise<CliRun>;
}

/** Starts `migrate --ci` and pauses it where told, so that a signal can meet it there. */
export function startPaused(
  project: Project,
  url: string,
  pause: { readonly at: Failpoint; readonly ms: number },
): RunningCli {
  const env = { ...process.env, DATABASE_URL: url, MIKRATE_PAUSE: `${pause.at}:${pause.ms}` };
  const child = spawn(process.execPath, ['--import', preload, main, '--ci'], {
    cwd: project.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const waiting = new Map<string, () => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const [wanted, tell] of waiting) if (output[name].includes(wanted)) tell();
    });
  }
  const ended = new Promise<CliRun>((resolve) => {
    child.on('close', (code) => resolve({ exit: code ?? -1, ...output }));
  });
  const saw = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.set(text, resolve);
      void ended.then((run) => reject(new Error(`the run ended without "${text}": ${run.stdout}${run.stderr}`)));
    });
  return { child, saw, ended };
}
