import { expect } from 'vitest';
import { onFailpoint, type Failpoint } from '../../../../src/events/failpoint.ts';

/** Does `act` in this process when `work` comes to a place for the n-th time. */
export async function atFailpoint<Result>(
  place: Failpoint,
  hit: number,
  act: () => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  let reached = 0;
  onFailpoint(async (name) => {
    if (name !== place) return;
    reached += 1;
    if (reached === hit) await act();
  });
  try {
    return await work();
  } finally {
    onFailpoint(async () => {});
    expect(reached, `times that ${place} was reached`).toBeGreaterThanOrEqual(hit);
  }
}
