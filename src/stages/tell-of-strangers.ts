import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** Tells of another tool's history that was not taken over. Loads what knows the tools only where a table is not ours. */
export async function tellOfStrangers({ dialect, emit }: Run, { plan, actual, rows }: Survey): Promise<void> {
  if (!plan.notOurs.some(({ kind }) => kind === 'table')) return;
  const { describeUnadopted } = await import('../sequence/adopt/unadopted.ts');
  for (const text of describeUnadopted(actual, rows, dialect)) emit({ kind: 'noticed', level: 'info', text });
}
