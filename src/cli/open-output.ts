import type { Writable } from 'node:stream';
import { seal } from '../report/seal.ts';
import type { CommandContext } from './context.ts';

/**
 * Writes lines, without secrets. What is said in one go reaches stdout in one go: a batch of migration files tells hundreds
 * of lines at once, each of which would be a call of the system. Nothing waits longer than for the code that runs.
 */
export function openOutput(out: Writable, err: Writable): Pick<CommandContext, 'writeOut' | 'writeErr'> {
  ignoreClosedPipe(out);
  ignoreClosedPipe(err);
  let lines = '';
  const flush = (): void => {
    if (lines !== '') out.write(lines);
    lines = '';
  };
  return {
    writeOut: (text) => {
      if (lines === '') queueMicrotask(flush);
      lines += `${seal(text)}\n`;
    },
    writeErr: (text) => {
      flush();
      err.write(`${seal(text)}\n`);
    },
  };
}

/** Who listens may go (`| head`): a migration does not stop half-way because nobody reads on. */
function ignoreClosedPipe(stream: Writable): void {
  if (!stream.listeners('error').includes(onError)) stream.on('error', onError);
}

function onError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
