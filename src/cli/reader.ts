import type { Emit } from '../events/emitter.ts';
import { emojiLog } from '../report/emoji-log.ts';
import { jsonLines } from '../report/json-lines.ts';
import type { CommandContext } from './context.ts';

/** The reader of facts that suits the options: emoji lines, or JSON lines on stdout. */
export function readerFor({ options, env, writeOut }: CommandContext): Emit {
  if (options.json) return jsonLines(writeOut);
  const verbose = options.verbose === true || env['LOG_LEVEL']?.toUpperCase() === 'DEBUG';
  return emojiLog({ write: writeOut, verbose });
}
