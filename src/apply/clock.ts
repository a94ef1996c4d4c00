/** Tells the server's time without asking it each time: one reading, then this process's monotonic clock. */
export interface ServerClock {
  /** UTC, `YYYY-MM-DD HH:MM:SS.ffffff`. */
  now(): string;
  /** What it tells at a moment of `performance.now()`. */
  at(moment: number): string;
}

/** A clock set by one reading of the server's. */
export function clockFrom(reading: string): ServerClock {
  const start = Date.parse(`${reading.slice(0, 23).replace(' ', 'T')}Z`);
  const micros = Number(reading.slice(23, 26) || 0);
  const set = performance.now();
  const at = (moment: number): string => {
    const passed = (moment - set) * 1000 + micros;
    const date = new Date(start + Math.floor(passed / 1000)).toISOString();
    return `${date.slice(0, 23).replace('T', ' ')}${String(Math.floor(passed % 1000)).padStart(3, '0')}`;
  };
  return { at, now: () => at(performance.now()) };
}
