import type { Emit } from '../events/emitter.ts';

export interface JsonLinesOptions {
  readonly write: (line: string) => void;
  /** Tells of each SQL statement as well. */
  readonly verbose: boolean;
}

/** One JSON object a line for each fact, with the milliseconds since the start. */
export function jsonLines({ write, verbose }: JsonLinesOptions): Emit {
  const start = performance.now();
  return (fact) => {
    if ((fact.kind === 'statementRan' || fact.kind === 'statementRefused') && !verbose) return;
    write(JSON.stringify({ at: Math.round(performance.now() - start), ...fact }, rounded));
  };
}

/** Durations to the microsecond: more digits are noise. */
function rounded(key: string, value: unknown): unknown {
  return key === 'ms' && typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}
