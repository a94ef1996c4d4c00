import { setImmediate as nextTurn } from 'node:timers/promises';
import { draft, refusingSession, type Draft } from '../../apply/draft.ts';
import type { StepContext } from '../../apply/run-step.ts';
import type { Fact } from '../../events/facts.ts';
import type { Schema } from '../../schema/schema.ts';
import type { MigrationFile } from '../../sequence/migration-file.ts';
import type { ApplyRun } from '../apply-plan.ts';
import type { Survey } from '../survey.ts';
import { applyFile } from './apply-file.ts';
import { openFile } from './open-file.ts';
import { quickKindOf, type QuickKind } from './quick-file.ts';

export interface FilesRun {
  readonly files: readonly MigrationFile[];
  readonly run: ApplyRun;
  readonly seen: Pick<Survey, 'desired' | 'log'>;
}

/** A file that is ready to be run. */
export interface DraftedFile {
  readonly file: MigrationFile;
  /** Files of the run before it. */
  readonly place: number;
  readonly draft: Draft;
  /** What is to be told of it once it is done. */
  readonly facts: readonly Fact[];
  /** How many changes it makes. */
  readonly applied: number;
}

export interface DraftAhead {
  /**
   * The quick files behind the first `done`, of some `statements` together; none where the next file is no quick one. While
   * they run, the ones behind them are drafted.
   */
  take(done: number, statements: number): Promise<readonly DraftedFile[]>;
  /** Begins to draft the first files, while there is other work to wait for. */
  begin(): void;
  /** Says that the database is as was expected of those that were taken. What else changes it makes what is drafted void. */
  confirm(): void;
}

/** Statements that are drafted before it is their turn. */
const ahead = 600;

/** Drafts quick files in their order, each on the schema that the one before it leaves. */
export function draftAhead(input: FilesRun, context: StepContext): DraftAhead {
  let line: Line | undefined;
  const lineFrom = (next: number): Line => {
    const { schema } = context;
    return { next, drafted: [], schema, live: schema, isAtEnd: false };
  };
  // What SQL makes of the schema is known when it has run.
  const goOn = (begun: Line): Promise<void> | undefined =>
    begun.kind === 'operation' ? extend(begun, ahead, input, context) : undefined;
  return {
    begin: () => {
      const begun = lineFrom(0);
      line = begun;
      void extend(begun, 1, input, context).then(() => goOn(begun));
    },
    take: async (done, statements) => {
      if (!line || line.next - line.drafted.length !== done || line.live !== context.schema) {
        if (line) line.isAtEnd = true;
        line = lineFrom(done);
      }
      await extend(line, statements, input, context);
      const taken = takeFrom(line, statements);
      void goOn(line);
      return taken;
    },
    confirm: () => {
      if (line) line.live = context.schema;
    },
  };
}

/** Files drafted one behind the other, until one cannot be drafted or the database is not as they expect: then a new line begins. */
interface Line {
  /** Place of the file that is drafted next. */
  next: number;
  readonly drafted: DraftedFile[];
  /** The schema that is expected then. */
  schema: Schema;
  /** The schema as it is while this holds. */
  live: Schema;
  kind?: QuickKind;
  /** The next file is none that can be drafted. */
  isAtEnd: boolean;
  /** Present while a file is drafted. */
  drafting?: Promise<void> | undefined;
}

/** Drafts until there are so many statements, or no more files to draft. Never rejects. */
async function extend(line: Line, statements: number, input: FilesRun, context: StepContext): Promise<void> {
  while (!line.isAtEnd && !isEnough(line, statements)) {
    line.drafting ??= draftNext(line, input, context).finally(() => {
      line.drafting = undefined;
    });
    await line.drafting;
    // The server's answers are read between turns.
    await nextTurn();
  }
}

async function draftNext(line: Line, { files, run, seen }: FilesRun, context: StepContext): Promise<void> {
  const { next: place, schema: before } = line;
  const file = files[place];
  const facts: Fact[] = [];
  const silent = { ...run, session: refusingSession, emit: (fact: Fact): void => void facts.push(fact) };
  let applied = 0;
  try {
    const kind = file && quickKindOf(await file.load(), run.dialect);
    line.kind ??= kind;
    if (!file || kind === undefined || kind !== line.kind) {
      line.isAtEnd = true;
      return;
    }
    const drafted = await draft(context, before, async (drafting) => {
      applied = await applyFile(
        await openFile(file, { run: silent, seen, at: place + 1, total: files.length }),
        drafting,
      );
    });
    line.drafted.push({ file, place, draft: drafted, facts, applied });
    line.schema = drafted.after;
    line.next = place + 1;
  } catch {
    // Whatever it was, the file meets it again by itself, and tells.
    line.isAtEnd = true;
  }
}

/** So many files that they have the statements together; two at least, for one alone is no batch. */
function takeFrom({ drafted }: Line, statements: number): readonly DraftedFile[] {
  let taken = 0;
  const end = drafted.findIndex((file, at) => {
    if (taken >= statements && at > 1) return true;
    taken += weightOf(file);
    return false;
  });
  return drafted.splice(0, end < 0 ? drafted.length : end);
}

function isEnough({ drafted }: Line, statements: number): boolean {
  return drafted.length > 1 && drafted.reduce((sum, file) => sum + weightOf(file), 0) >= statements;
}

/** Its statements; one that has none is still an event to write. */
function weightOf({ draft: { statements } }: DraftedFile): number {
  return Math.max(1, statements.length);
}
