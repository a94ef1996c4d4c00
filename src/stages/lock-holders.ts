import { tablesOf } from '../operations/index.ts';
import { tableKey } from '../schema/names.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** Other sessions that hold locks on tables of the plan or of the log, in words; `undefined` where the server does not tell. */
export async function readLockHolders(
  { session, dialect, log }: Run,
  { plan }: Pick<Survey, 'plan'>,
): Promise<readonly string[] | undefined> {
  const { versions, snapshots, lock, schema } = log.tables;
  const steps = [...(plan.files ?? []).flatMap((file) => file.steps), ...plan.steps, ...plan.withheld];
  const touched = steps.flatMap(({ operation }) => tablesOf(operation));
  const own = [versions, snapshots, lock].map((name) => tableKey(name, schema));
  const statement = dialect.queries.lockHolders([...new Set([...own, ...touched])]);
  if (!statement) return undefined;
  try {
    const rows = await session.query<{ holder: string }>(statement.text, statement.parameters);
    return rows.map(({ holder }) => String(holder));
  } catch (error) {
    // The user may not have the right to know.
    if (!dialect.classifyError(error)?.answered) throw error;
    return undefined;
  }
}
