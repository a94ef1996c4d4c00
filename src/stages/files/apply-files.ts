import type { StepContext } from '../../apply/run-step.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import type { Repair } from '../../sequence/find-repairs.ts';
import { runInOrder } from '../../sequence/run-in-order.ts';
import { refuseToGoOn } from '../apply-plan.ts';
import { withState } from '../explain-failure.ts';
import { openBatches, type Batches } from './apply-batch.ts';
import { applyFile, applyRepair } from './apply-file.ts';
import type { FilesRun } from './draft-ahead.ts';
import { openFile, recordOf } from './open-file.ts';

/** Runs files one after another, each logged by what it did; how many changes they made. */
export async function applyFiles(
  { files, run, seen, batches: begun }: FilesRun & { readonly batches?: Batches },
  context: StepContext,
): Promise<number> {
  if (files.length === 0) return 0;
  const done = new Set<string>();
  const source = context.source;
  let applied = 0;
  let alone = 0;
  const batches = begun ?? openBatches({ files, run, seen }, context);
  const apply = async (file: MigrationFile): Promise<void> => {
    // It was done in one transaction with the one before it.
    if (done.has(file.name)) return;
    const state = `${done.size} of ${files.length} migration files applied; nothing half-done`;
    await withState(run, state, () => refuseToGoOn(run, state));
    const batch = alone > 0 ? undefined : await batches.run(done.size);
    for (const name of batch?.names ?? []) done.add(name);
    applied += batch?.applied ?? 0;
    if (done.has(file.name)) return;
    // This file is the first of those that are to run by themselves.
    alone = Math.max(batch?.alone ?? alone, 1) - 1;
    await withState(run, state, batches.lookAtAssumed);
    applied += await applyFile(await openFile(file, { run, seen, at: done.size + 1, total: files.length }), context);
    done.add(file.name);
  };
  try {
    await runInOrder({ files, done: () => done, run: apply });
  } finally {
    context.source = source;
  }
  return applied;
}

/** Makes again what is missing of files that are done, each change logged as a repair. */
export async function applyRepairs(
  repairs: readonly Repair[],
  { run, seen }: Pick<FilesRun, 'run' | 'seen'>,
  context: StepContext,
): Promise<number> {
  const { source } = context;
  context.source = 'repair';
  let applied = 0;
  for (const [at, { file, script, steps }] of repairs.entries())
    applied += await applyRepair(steps, { file, script, run, seen, at: at + 1, total: repairs.length }, context);
  context.source = source;
  return applied;
}

/** Notes files that the models make needless: they are done without having run. */
export async function skipFiles(
  files: readonly MigrationFile[],
  because: string,
  { journal, emit }: Pick<StepContext, 'journal' | 'emit'>,
): Promise<void> {
  for (const file of files) {
    const script = await file.load();
    await journal.append({
      migration: file.name,
      step: 0,
      source: script.source,
      event: 'skipped',
      summary: `${file.path}: ${because}`,
      sql: [],
      file: await recordOf(file, script),
      finishedAt: journal.clock.now(),
    });
    emit({ kind: 'fileSkipped', path: file.path, because });
  }
}
