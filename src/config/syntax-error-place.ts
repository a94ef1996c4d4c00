import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { placeInText, type ErrorPlace } from './error-place.ts';

/**
 * Where a syntax error is that was met while importing a file. Node.js tells file and line of one only when it prints it
 * as the end of a process, so a process is ended on it.
 */
export function placeOfSyntaxError(file: string): Promise<ErrorPlace | undefined> {
  const program = `const { default: config } = await import(${JSON.stringify(pathToFileURL(file).href)}); if (typeof config === 'function') await config('default')`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { timeout: 10_000 },
      (_error, _stdout, stderr) => resolve(placeInText(stderr)),
    );
  });
}
