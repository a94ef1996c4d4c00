/** One line about a slow step, on stderr: downloads and server starts take seconds to minutes on a fresh machine. */
export function showProgress(line: string): void {
  process.stderr.write(`[test servers] ${line}\n`);
}
