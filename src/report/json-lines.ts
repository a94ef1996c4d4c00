import type { Emit } from '../events/emitter.ts';

/** One JSON object a line for each fact, with the milliseconds since the start. */
export function jsonLines(write: (line: string) => void): Emit {
  const start = performance.now();
  return (fact) => write(JSON.stringify({ at: Math.round(performance.now() - start), ...fact }));
}
