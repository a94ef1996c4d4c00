import { MigrateError } from '../errors.ts';
import { redact } from '../config/secret.ts';

/** Where in a migration something is wrong. */
export interface Spot {
  /** The file's, from the project's folder. */
  readonly path: string;
  /** The place in it: `operations[2]`, or a line. */
  readonly where?: string;
}

/** MIGRATION_DOES_NOT_LOAD for a spot, without secrets. */
export function doesNotLoad({ path, where }: Spot, message: string, options: { cause?: unknown } = {}): MigrateError {
  const context = { path, message: redact(message), ...(where !== undefined && { where }) };
  return new MigrateError('MIGRATION_DOES_NOT_LOAD', context, options);
}
