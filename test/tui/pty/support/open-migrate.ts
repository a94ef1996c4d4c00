import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failpoint } from '../../../../src/events/failpoint.ts';
import type { Project } from '../../../cli/support/project.ts';
import { openTerminal } from '../../../support/terminal/open-terminal.ts';
import type { Size } from '../../../support/terminal/screen.ts';
import type { RunningTerminal } from '../../../support/terminal/start-terminal.ts';
import { builtExecutable } from './built-executable.ts';

export interface MigrateTerminalOptions extends Partial<Size> {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Stays there once, as a long operation does, until `goOn` is called for its project. */
  readonly pause?: Failpoint;
}

/** Ends the pause of the `migrate` that was opened in this project. */
export function goOn({ folder }: Pick<Project, 'folder'>): void {
  writeFileSync(fileOf(folder), '');
}

const fileOf = (folder: string): string => join(folder, 'go-on');

const preload = fileURLToPath(new URL('pause-preload.ts', import.meta.url));

/** The built `migrate` in a terminal of its own, in a project and with its database. */
export function openMigrate(
  { folder }: Pick<Project, 'folder'>,
  database: { readonly url: string },
  { args = [], env = {}, pause, ...size }: MigrateTerminalOptions = {},
): RunningTerminal {
  return openTerminal({
    command: process.execPath,
    args: [...(pause ? ['--import', preload] : []), builtExecutable(), ...args],
    cwd: folder,
    env: {
      DATABASE_URL: database.url,
      ...(pause && { MIKRATE_PAUSE: pause, MIKRATE_PAUSE_UNTIL: fileOf(folder) }),
      ...env,
    },
    ...size,
  });
}
