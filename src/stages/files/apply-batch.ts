import { inBatch, isQuick } from '../../apply/batch.ts';
import type { StepContext } from '../../apply/run-step.ts';
import type { Fact } from '../../events/facts.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { isPlainAddition } from '../../schema/statement-effect.ts';
import type { LoadedScript, MigrationFile } from '../../sequence/migration-file.ts';
import type { ScriptStep } from '../../sequence/script.ts';
import { applyFile } from './apply-file.ts';
import type { ApplyRun } from '../apply-plan.ts';
import type { Survey } from '../survey.ts';
import { openFile } from './open-file.ts';

/** Milliseconds after which a batch ends with the file that it is at: so long may others wait for its locks. */
const budget = 50;
/** Files of one batch at most. */
const most = 100;

export interface FilesRun {
  readonly files: readonly MigrationFile[];
  readonly run: ApplyRun;
  readonly seen: Pick<Survey, 'desired' | 'log'>;
}

export interface BatchInput extends FilesRun {
  /** How many files of the run are done. */
  readonly done: number;
}

/** The files from a place on that are quick: typed operations that change the catalog alone. Fewer than two are no batch. */
export async function quickFiles(
  { files, run }: Pick<FilesRun, 'files' | 'run'>,
  from: number,
): Promise<readonly MigrationFile[]> {
  const { dialect } = run;
  if (!dialect.traits.transactionalDdl) return [];
  const quick: MigrationFile[] = [];
  let kind: QuickKind | undefined;
  for (const file of files.slice(from, from + most)) {
    const own = quickKindOf(await file.load(), dialect);
    kind ??= own;
    if (own === 'none' || own !== kind) break;
    quick.push(file);
  }
  return quick.length > 1 ? quick : [];
}

/** What files of a batch did is told apart by one rule: all of them are typed, or all of them are SQL. */
type QuickKind = ScriptStep['kind'] | 'none';

/** The kind of the steps of a quick file. Every batch looks at files of the next: each is judged once. */
function quickKindOf(script: LoadedScript, dialect: Dialect): QuickKind {
  const known = judged.get(script);
  if (known !== undefined) return known;
  const [first] = script.steps;
  const areQuick = script.steps.every((step) => step.kind === first?.kind && isQuickStep(step, script, dialect));
  const kind = first && areQuick ? first.kind : 'none';
  judged.set(script, kind);
  return kind;
}

const judged = new WeakMap<LoadedScript, QuickKind>();

function isQuickStep(step: ScriptStep, { transaction }: LoadedScript, dialect: Dialect): boolean {
  if (step.kind === 'operation') return isQuick(step.operation, dialect);
  return step.kind === 'statement' && !step.after && transaction && isPlainAddition(step.text, dialect.lexis);
}

/**
 * Runs quick files in one transaction until its time is up: the files that are done, and their changes. Nothing is told
 * before it is committed; on any error nothing of it is done, and each file is to run by itself.
 */
export async function applyBatch(
  quick: readonly MigrationFile[],
  { run, seen, files, done }: BatchInput,
  context: StepContext,
): Promise<{ readonly names: readonly string[]; readonly applied: number } | undefined> {
  const facts: Fact[] = [];
  const silent = { ...run, emit: (fact: Fact): void => void facts.push(fact) };
  const names: string[] = [];
  let applied = 0;
  const start = performance.now();
  try {
    await inBatch(context, async () => {
      for (const file of quick) {
        const at = done + names.length + 1;
        applied += await applyFile(await openFile(file, { run: silent, seen, at, total: files.length }), context);
        names.push(file.name);
        if (performance.now() - start > budget) return;
      }
    });
  } catch {
    // Whatever it was, the file that it belongs to meets it again by itself, and tells.
    return undefined;
  }
  for (const fact of facts) run.emit(fact);
  return { names, applied };
}
