import { MigrateError } from '../errors.ts';
import { safeText } from './safe-text.ts';

/** An error as people read it: what is so, what to do, and in what state the database is. */
export function errorText(error: unknown): string {
  if (!(error instanceof MigrateError))
    return safeText(`❌ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const detail =
    error.cause instanceof Error && !error.message.includes(error.cause.message)
      ? [`   cause: ${error.cause.message}`]
      : [];
  return safeText(
    [
      `❌ ${error.code}: ${error.message}`,
      ...detail,
      `   what to do: ${error.fix}`,
      `   database: ${error.state}`,
    ].join('\n'),
  );
}

/** An error as plain data; what only our own errors tell is absent from others. */
export interface ErrorData {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  readonly state?: string;
  readonly exitCode?: number;
}

/** The same as plain data, for `--json`. */
export function errorData(error: unknown): ErrorData {
  if (!(error instanceof MigrateError))
    return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
  const { code, message, fix, state, exitCode } = error;
  return { code, message, fix, state, exitCode };
}
