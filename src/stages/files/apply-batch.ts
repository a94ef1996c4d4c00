import { lookAtTables, runDrafts } from '../../apply/batch.ts';
import type { StepContext } from '../../apply/run-step.ts';
import type { Sent } from '../../apply/send-statements.ts';
import type { Fact } from '../../events/facts.ts';
import { retryWhileLocked } from '../../dialects/retry-while-locked.ts';
import { lockedWork } from '../apply-plan.ts';
import { withState } from '../explain-failure.ts';
import { letBeSeen } from '../let-be-seen.ts';
import { draftAhead, type DraftedFile, type FilesRun } from './draft-ahead.ts';

/** Milliseconds that a batch should take: so long may others wait for its locks. */
const budget = 80;
/** Statements of the first batch, and of one at most. */
const [first, most] = [50, 200];

/** What became of a batch of files. */
export interface BatchDone {
  readonly names: readonly string[];
  /** How many changes they made. */
  readonly applied: number;
  /** How many files are to run by themselves next: nothing of their batch is done. */
  readonly alone: number;
}

/** Runs quick files many at once. */
export interface Batches {
  /** Begins to find out what the first of them are to do, while there is other work to wait for. */
  begin(): void;
  /** Runs those behind the first `done` files; absent where there are none, or one alone. */
  run(done: number): Promise<BatchDone | undefined>;
  /** Looks at the tables that are assumed to be as expected, for a file that runs by itself. */
  lookAtAssumed(): Promise<void>;
}

/**
 * Runs quick files in transactions of several, as many as take a moment. Nothing of a batch is told before it is committed;
 * on any error nothing of it is done, and each of its files is to run by itself.
 */
export function openBatches(input: FilesRun, context: StepContext): Batches {
  const { run } = input;
  const drafts = draftAhead(input, context);
  const assumed = new Set<string>();
  let size = first;
  return {
    begin: drafts.begin,
    run: async (done) => {
      const files = await drafts.take(done, size);
      if (files.length < 2) return undefined;
      await letBeSeen(run);
      const start = performance.now();
      const ran = await runDrafts(
        files.map(({ draft }) => draft),
        context,
      ).catch((error: unknown) => {
        if (run.dialect.classifyError(error)?.answered !== false) return undefined;
        return withState(run, stateInDoubt(files, { done, total: input.files.length }), () => Promise.reject(error));
      });
      // What the server refused, the file that it belongs to meets again by itself, and tells.
      if (!ran) return { names: [], applied: 0, alone: files.length };
      for (const name of ran.assumed) assumed.add(name);
      if (ran.isAsDrafted) drafts.confirm();
      if (ran.sent.length > 0) size = nextSize(ran.sent.length, performance.now() - start);
      for (const fact of factsOf(files, ran.sent)) run.emit(fact);
      const applied = files.reduce((sum, file) => sum + file.applied, 0);
      return { names: files.map(({ file }) => file.name), applied, alone: 0 };
    },
    lookAtAssumed: async () => {
      const tables = [...assumed];
      await retryWhileLocked(() => lookAtTables(tables, context), lockedWork(tables, run));
      assumed.clear();
    },
  };
}

/** The connection broke before the answer: the commit may have been made. */
function stateInDoubt(
  files: readonly DraftedFile[],
  { done, total }: { readonly done: number; readonly total: number },
): string {
  const paths = [files[0], files.at(-1)].map((drafted) => drafted?.file.path).join(' to ');
  return `${done} of ${total} migration files applied; whether ${paths} are, the next run sees; nothing half-done`;
}

function nextSize(statements: number, ms: number): number {
  const fitting = Math.floor((statements / ms) * budget);
  return Math.max(2, Math.min(fitting, statements * 2, most));
}

/** What is told of files: their changes took what their statements did. */
function factsOf(files: readonly DraftedFile[], sent: readonly Sent[]): readonly Fact[] {
  let place = 0;
  return files.flatMap(({ draft, facts, applied }) => {
    const own = sent.slice(place, place + draft.statements.length);
    place += own.length;
    const ms = own.reduce((sum, statement) => sum + statement.ms, 0);
    return facts.map((fact) => {
      if (fact.kind === 'operationApplied') return { ...fact, ms: ms / applied };
      return fact.kind === 'fileApplied' ? { ...fact, ms } : fact;
    });
  });
}
