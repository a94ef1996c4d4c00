import { createJudge } from '../../diff/expressions.ts';
import type { LogState } from '../../history/state.ts';
import type { PlannedFile } from '../../plan/plan-file.ts';
import type { Schema } from '../../schema/schema.ts';
import type { SequenceState } from '../../sequence/compare-with-log.ts';
import { findRepairs, type Repair } from '../../sequence/find-repairs.ts';
import type { Run } from '../run.ts';
import { planOperations } from './plan-files.ts';

export interface RepairsInput {
  readonly actual: Schema;
  readonly desired: Schema;
  readonly log: Pick<LogState, 'migrations' | 'spellings' | 'begun'>;
  readonly sequence: SequenceState;
}

/** With `--force-sync`: what files that are done have made and is not there any more, or never was. */
export async function readRepairs(
  { dialect, flags }: Run,
  { actual, desired, log, sequence }: RepairsInput,
): Promise<readonly Repair[]> {
  if (!flags.forceSync) return [];
  const done = sequence.files.filter(({ name, repeatable }) => log.migrations.has(name) && repeatable !== true);
  const files = [];
  for (const file of done) files.push({ file, script: await file.load() });
  const expressions = createJudge(dialect.types, { spellings: log.spellings });
  const context = { dialect, expressions, isOurs: () => true, renames: { tables: {}, columns: {} } };
  return findRepairs({ files, actual, desired, context });
}

/** Repairs as a plan shows them. */
export async function planRepairs(
  run: Run,
  repairs: readonly Repair[],
  { actual: schema, desired, log }: RepairsInput,
): Promise<readonly PlannedFile[]> {
  const planned: PlannedFile[] = [];
  for (const { file, steps } of repairs) {
    const operations = steps.filter((step) => step.kind === 'operation');
    const around = { file, script: {}, schema, desired, log };
    const known = await planOperations(run, operations, around);
    const statements = steps.flatMap((step) => (step.kind === 'statement' ? [step.text] : []));
    const { name, path, format } = file;
    planned.push({
      name,
      path,
      format,
      repairs: true,
      steps: known.steps,
      ...(statements.length > 0 && { statements }),
    });
  }
  return planned;
}
