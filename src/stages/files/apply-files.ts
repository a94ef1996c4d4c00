import type { StepContext } from '../../apply/run-step.ts';
import { checksumOf } from '../../sequence/checksum.ts';
import type { LoadedScript, MigrationFile } from '../../sequence/migration-file.ts';
import type { Repair } from '../../sequence/find-repairs.ts';
import { runInOrder } from '../../sequence/run-in-order.ts';
import type { FileRecord } from '../../history/event.ts';
import type { ApplyRun } from '../apply-plan.ts';
import type { Survey } from '../survey.ts';
import { applyFile, applyRepair, type FileInput } from './apply-file.ts';

export interface FilesRun {
  readonly files: readonly MigrationFile[];
  readonly run: ApplyRun;
  readonly seen: Pick<Survey, 'desired' | 'log'>;
}

/** Runs files one after another, each logged by what it did; how many changes they made. */
export async function applyFiles({ files, run, seen }: FilesRun, context: StepContext): Promise<number> {
  if (files.length === 0) return 0;
  const done = new Set<string>();
  const source = context.source;
  let applied = 0;
  const apply = async (file: MigrationFile): Promise<void> => {
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

async function openFile(
  file: MigrationFile,
  around: Pick<FileInput, 'run' | 'at' | 'total' | 'seen'>,
): Promise<FileInput> {
  const script = await file.load();
  return { ...around, file, script, record: await recordOf(file, script) };
}

/** The file as the log keeps it. */
export async function recordOf(file: MigrationFile, script: LoadedScript): Promise<FileRecord> {
  const isCode = script.steps.some((step) => step.kind === 'call' && step.undo !== undefined);
  return {
    path: file.path,
    format: file.format,
    checksum: await checksumOf(file),
    text: file.text,
    ...(script.down && { down: script.down.map(({ text }) => text) }),
    ...(isCode && { undoIsCode: true as const }),
  };
}
