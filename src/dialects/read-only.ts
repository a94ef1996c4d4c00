import type { Dialect } from './dialect.ts';
import type { Session } from './session.ts';
import { withCleanUp } from './with-clean-up.ts';

/** Does `work` in a session that refuses to write meanwhile. */
export async function readOnly<Result>(
  session: Session,
  { traits }: Dialect,
  work: () => Promise<Result>,
): Promise<Result> {
  await session.run(traits.beginReadOnly);
  return withCleanUp(work, () => session.run(traits.endReadOnly));
}
