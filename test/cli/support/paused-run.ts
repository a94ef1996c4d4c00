import { fileURLToPath } from 'node:url';
import type { Failpoint } from '../../../src/events/failpoint.ts';
import { startCli, type RunningCli } from '../../support/run-cli.ts';
import type { Project } from './project.ts';

const preload = fileURLToPath(new URL('pause-preload.ts', import.meta.url));

/** A run that can be waited for until it has said something. */
export interface PausedRun extends RunningCli {
  /** Resolves once stderr or stdout holds the text. */
  saw(text: string): Promise<void>;
}

/** Starts `migrate --ci` and pauses it where told, until a signal meets it there or for some milliseconds. */
export function startPaused(
  project: Project,
  url: string,
  pause: { readonly at: Failpoint; readonly until: 'signal' | number },
): PausedRun {
  const { child, ended } = startCli({ url }, ['--ci'], {
    cwd: project.folder,
    preload,
    env: { MIKRATE_PAUSE: `${pause.at}:${pause.until}` },
  });
  let seen = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: string) => (seen += text));
  const saw = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => (seen.includes(text) ? resolve() : undefined);
      look();
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      void ended.then(() => reject(new Error(`the run ended without "${text}": ${seen}`)));
    });
  return { child, saw, ended };
}
