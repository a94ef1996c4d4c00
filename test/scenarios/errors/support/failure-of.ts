import { expect } from 'vitest';
import { errorDefinitions, MigrateError } from '../../../../src/errors.ts';

/** What `work` failed with: an error with a permanent code, a fix and a state of the database; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<MigrateError> {
  const error: unknown = await work.then(
    (result) => new Error(`it did not fail: ${JSON.stringify(result)?.slice(0, 300)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MigrateError)) throw error;
  expect(Object.keys(errorDefinitions)).toContain(error.code);
  for (const text of [error.message, error.fix, error.state]) {
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/undefined|\[object/u);
  }
  return error;
}
