import { holds } from '../../apply/run-statement.ts';
import { MigrateError } from '../../errors.ts';
import type { StepContext } from '../../apply/run-step.ts';
import type { ExpectStep, Expectation } from '../../sequence/script.ts';
import type { OpenedFile, Segment, SegmentDone } from './apply-file.ts';

/** Asks what a file expects before it goes on. Throws EXPECTATION_FAILED. */
export async function runExpectation(
  { steps }: Segment<ExpectStep>,
  { file }: OpenedFile,
  { session }: StepContext,
): Promise<SegmentDone> {
  for (const { expectation } of steps) {
    if (await holds(expectation, session)) continue;
    const message = expectation.message ?? describe(expectation);
    throw new MigrateError('EXPECTATION_FAILED', { path: file.path, message });
  }
  return { applied: 0, isComplete: false };
}

function describe({ sql, rows }: Expectation): string {
  return `${sql} should find ${rows === 'some' ? 'rows' : 'no rows'}`;
}
