import { MigrateError } from '../errors.ts';

/** The error of an event that cannot be read. */
export function damaged(version: number, reason: string, cause?: unknown): MigrateError {
  return new MigrateError('LOG_DAMAGED', { version, reason }, { cause });
}

/** What an operation from the log leads to; LOG_DAMAGED where it has not the shape of its kind. */
export function understood<Result>(version: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw damaged(version, 'the operation has not the shape of its kind', error);
  }
}
