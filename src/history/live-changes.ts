import type { EventPayload } from './event.ts';

/** Something of the log that is not taken back yet. */
export interface LiveChange {
  /**
   * `step`: one step. `file`: the steps of a file that are taken back as a whole, by its author's SQL or by what all of
   * them were seen to do. `mark`: a file that is done because its last step was there already; only the log changes when
   * it is taken back.
   */
  readonly kind: 'step' | 'file' | 'mark';
  /** The event that a rollback names. */
  readonly event: EventPayload;
  /** The steps that it takes back, oldest first; none for a mark. */
  readonly steps: readonly EventPayload[];
  /** The event that completed the file of the step. */
  readonly completed?: EventPayload;
  /** All steps of that file that are not taken back. */
  readonly siblings: readonly EventPayload[];
  /** How many parts of its way back have run before a crash. */
  readonly partsDone: number;
  /** The statements that code of its author's way back executed before a crash. */
  readonly codeParts: readonly EventPayload[];
}

/** Every change that is not taken back, oldest first. Pure. */
export function liveChanges(payloads: readonly EventPayload[]): LiveChange[] {
  const taken = new Set(payloads.flatMap(({ event, ref }) => (event === 'rolled_back' ? [ref] : [])));
  const files = groupFiles(payloads);
  const parts = partsByEvent(payloads);
  const isLive = ({ version }: EventPayload): boolean => !taken.has(version);
  return payloads.filter(isLive).flatMap((event): LiveChange[] => {
    const file = files.get(event.version);
    const siblings = file?.steps.filter(isLive) ?? [];
    const completed = file && { completed: file.completed };
    const done = parts.get(event.version) ?? [];
    const codeParts = done.filter(({ code }) => code !== undefined);
    const change = { event, siblings, ...completed, partsDone: done.length - codeParts.length, codeParts };
    if (file && isTakenBackWhole(file))
      return file.completed === event ? [{ kind: 'file', steps: siblings, ...change }] : [];
    if (isStep(event)) return [{ kind: 'step', steps: [event], ...change }];
    return file?.completed === event ? [{ kind: 'mark', steps: [], ...change }] : [];
  });
}

interface FileGroup {
  readonly completed: EventPayload;
  readonly steps: readonly EventPayload[];
}

/** The file of each event that belongs to one: its steps since the last time that a file of this name was done. */
function groupFiles(payloads: readonly EventPayload[]): ReadonlyMap<number, FileGroup> {
  const groups = new Map<number, FileGroup>();
  const begun = new Map<string, EventPayload[]>();
  for (const event of payloads) {
    const steps = begun.get(event.migration) ?? [];
    if (isStep(event)) begun.set(event.migration, [...steps, event]);
    if (!event.file || !completing.has(event.event)) continue;
    const group = { completed: event, steps: begun.get(event.migration) ?? [] };
    for (const { version } of [...group.steps, event]) groups.set(version, group);
    begun.delete(event.migration);
  }
  return groups;
}

const completing: ReadonlySet<string> = new Set(['applied', 'settled', 'skipped']);

function isStep({ event, source }: EventPayload): boolean {
  return (event === 'applied' || event === 'settled') && source !== 'rollback';
}

/** Typed operations know their way back; SQL of an author's has it in the file, or else in what it was seen to do. */
function isTakenBackWhole({ completed, steps }: FileGroup): boolean {
  const { down = [], undoIsCode = false } = completed.file ?? {};
  if (undoIsCode) return steps.length > 0;
  if (down.length > 0) return steps.some(({ operation }) => operation === undefined || operation.kind === 'rawSql');
  const isBare = steps.every(({ operation }) => operation?.kind === 'rawSql' && operation.down === undefined);
  return isBare && steps.some(({ derived }) => derived !== undefined);
}

/** The parts of the way back of an event that have run, by its version. */
function partsByEvent(payloads: readonly EventPayload[]): ReadonlyMap<number | undefined, readonly EventPayload[]> {
  const done = payloads.filter(({ part, event }) => part && event !== 'failed' && event !== 'started');
  return Map.groupBy(done, ({ ref }) => ref);
}
