import type { Emit } from '../events/emitter.ts';
import { redact } from '../config/secret.ts';
import { emojiLog } from '../report/emoji-log.ts';
import { jsonLines } from '../report/json-lines.ts';
import type { CommandContext } from './context.ts';

/** The reader of facts that suits the options: emoji lines, or JSON lines on stdout. */
export function readerFor({ options, env, writeOut }: CommandContext, first?: string): Emit {
  const write = (line: string): void => writeOut(redact(line));
  const verbose = options.verbose === true || env['LOG_LEVEL']?.toUpperCase() === 'DEBUG';
  if (options.json) return jsonLines({ write, verbose });
  return emojiLog({ write, verbose, ...(first !== undefined && { opening: first }) });
}

/** For commands whose result is not a log: what is waited for, and what must be known, goes to stderr. */
export function progressFor({ writeErr }: CommandContext): Emit {
  const tell = emojiLog({ write: (line) => writeErr(redact(line)), verbose: false });
  return (fact) => {
    if (fact.kind === 'waited' || fact.kind === 'noticed') tell(fact);
  };
}
