import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where in the project an error came from. */
export interface ErrorPlace {
  /** Absolute. */
  readonly file: string;
  readonly line?: number;
}

/** The first place in an error's stack that belongs to the project: not to a package, not to Node.js, not to mikrate. */
export function placeOf(error: unknown): ErrorPlace | undefined {
  if (!(error instanceof Error)) return undefined;
  return placeInText(error.stack ?? '') ?? importer(error);
}

/** The first place of the project in a stack or in what Node.js printed. */
export function placeInText(text: string): ErrorPlace | undefined {
  return text.split('\n').flatMap(placesInLine).find(isOfProject);
}

/** The place as people click on it: `models/user.ts:12`. */
export function displayPlace({ file, line }: ErrorPlace, folder: string): string {
  const path = relative(folder, file);
  return `${path.startsWith('..') ? file : path}${line === undefined ? '' : `:${line}`}`;
}

/** A stack frame, or the head line that Node.js puts before a syntax error. */
function placesInLine(text: string): ErrorPlace[] {
  const frame = text.trim().replace(/^at (?:async )?/u, '');
  const location = frame.endsWith(')') ? frame.slice(frame.lastIndexOf(' (') + 2, -1) : frame;
  const match = /^(file:\/\/.+?|\/.+?|[A-Za-z]:\\.+?)(?:\?[^/:]*)?:(\d+)(?::\d+)?$/u.exec(location);
  return match?.[1] ? [{ file: toPath(match[1]), line: Number(match[2]) }] : [];
}

function toPath(location: string): string {
  return location.startsWith('file:') ? fileURLToPath(location) : location;
}

function isOfProject({ file }: ErrorPlace): boolean {
  return !/[\\/]node_modules[\\/]/u.test(file) && !file.startsWith(ownFolder);
}

/** A module that was not found has no line: the message of Node.js names who asked for it, at its end. */
function importer(error: Error): ErrorPlace | undefined {
  const { code } = error as { code?: unknown };
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_UNSUPPORTED_DIR_IMPORT') return undefined;
  const file = / imported from (\S.*)$/mu.exec(error.message)?.[1];
  return file === undefined ? undefined : { file: toPath(file.trim()) };
}

const ownFolder = fileURLToPath(new URL('..', import.meta.url));
