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
  const isLive = ({ version }: EventPayload): boolean => !taken.has(version);
  const files = groupFiles(payloads, isLive);
  const parts = partsByEvent(payloads);
  return payloads.filter(isLive).flatMap((event): LiveChange[] => {
    const file = files.get(event.version);
    const siblings = file?.live ?? [];
    const completed = file && { completed: file.completed };
    const done = parts.get(event.version) ?? [];
    const codeParts = done.filter(({ code }) => code !== undefined);
    const change = { event, siblings, ...completed, partsDone: done.length - codeParts.length, codeParts };
    if (file?.isTakenBackWhole) return file.completed === event ? [{ kind: 'file', steps: siblings, ...change }] : [];
    if (isStep(event)) return [{ kind: 'step', steps: [event], ...change }];
    return file?.completed === event ? [{ kind: 'mark', steps: [], ...change }] : [];
  });
}

interface FileGroup {
  readonly completed: EventPayload;
  /** Its steps that are not taken back. */
  readonly live: readonly EventPayload[];
  readonly isTakenBackWhole: boolean;
}

/** The file of each event that belongs to one: its steps since the last time that a file of this name was done. */
function groupFiles(
  payloads: readonly EventPayload[],
  isLive: (event: EventPayload) => boolean,
): ReadonlyMap<number, FileGroup> {
  const groups = new Map<number, FileGroup>();
  const begun = new Map<string, EventPayload[]>();
  for (const event of payloads) {
    const steps = begun.get(event.migration) ?? [];
    if (isStep(event)) steps.push(event);
    begun.set(event.migration, steps);
    if (!event.file || !completing.has(event.event)) continue;
    const group = {
      completed: event,
      live: steps.filter(isLive),
      isTakenBackWhole: isTakenBackWhole(event, steps),
    };
    for (const { version } of [...steps, event]) groups.set(version, group);
    begun.delete(event.migration);
  }
  return groups;
}

const completing: ReadonlySet<string> = new Set(['applied', 'settled', 'skipped']);

function isStep({ event, source }: EventPayload): boolean {
  return (event === 'applied' || event === 'settled') && source !== 'rollback';
}

/** Typed operations know their way back; SQL of an author's has it in the file, or else in what it was seen to do. */
function isTakenBackWhole(completed: EventPayload, steps: readonly EventPayload[]): boolean {
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
