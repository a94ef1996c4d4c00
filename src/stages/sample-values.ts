import { isForbiddenName, parseTableKey } from '../schema/names.ts';
import { withRun } from './open-run.ts';
import type { Job } from './run.ts';

/** Up to three values of a column as text; none where it cannot be read. */
export async function sampleValues(job: Job, table: string, column: string): Promise<readonly string[]> {
  if (isForbiddenName(parseTableKey(table).name) || isForbiddenName(column)) return [];
  return withRun(job, async ({ session, dialect }) => {
    const { text, parameters } = dialect.queries.sampleValues(table, column);
    try {
      const rows = await session.query<{ value: unknown }>(text, parameters);
      return rows.map(({ value }) => String(value));
    } catch (error) {
      if (!dialect.classifyError(error)?.answered) throw error;
      return [];
    }
  });
}
