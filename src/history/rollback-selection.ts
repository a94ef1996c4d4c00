import { MigrateError } from '../errors.ts';
import type { EventPayload } from './event.ts';
import { interruptedRollback } from './interrupted-rollback.ts';
import { liveChanges, type LiveChange } from './live-changes.ts';
import type { RollbackChoice } from '../plan/rollback-plan.ts';
import type { RollbackRequest } from './rollback-request.ts';
import { isLaterOnSame } from './touched-objects.ts';

/** What a rollback takes back, newest first, and what speaks against it. */
export interface RollbackSelection {
  readonly changes: readonly LiveChange[];
  /** The state after this version is wanted; for one run, the state before it as far as its objects go. */
  readonly target: number;
  readonly problems: readonly string[];
  /** What can be taken back instead. */
  readonly choices: readonly RollbackChoice[];
}

/**
 * Chooses among the changes that are not taken back yet. Throws NOTHING_TO_ROLL_BACK where there is none. Pure.
 */
export function selectRollback(payloads: readonly EventPayload[], request: RollbackRequest): RollbackSelection {
  const live = liveChanges(payloads);
  const chosen = choose(live, payloads, request);
  if (chosen.size === 0) throw new MigrateError('NOTHING_TO_ROLL_BACK', { message: whyNothing(request) });
  const changes = live.filter((change) => isChosen(change, chosen)).toReversed();
  const problems = [
    ...cutFiles(changes, chosen),
    ...(request.kind === 'run' ? laterOnes(live, chosen) : []),
    ...(request.kind === 'steps' ? leftBefore(payloads) : []),
  ];
  const target = request.kind === 'to' ? request.version : Math.min(...chosen) - 1;
  return { changes, target, problems, choices: choicesOf(live, changes, { chosen, payloads, request }) };
}

/** The versions of the chosen steps. */
function choose(
  live: readonly LiveChange[],
  payloads: readonly EventPayload[],
  request: RollbackRequest,
): ReadonlySet<number> {
  const steps = live.flatMap((change) => change.steps);
  switch (request.kind) {
    case 'to':
      return versions(steps.filter(({ version }) => version > request.version));
    case 'steps':
      return versions(steps.toSorted((a, b) => a.version - b.version).slice(-request.count));
    case 'run': {
      const run = oneRun(payloads, request.id);
      return versions(steps.filter((event) => runOf(event, payloads) === run));
    }
  }
}

function versions(events: readonly EventPayload[]): ReadonlySet<number> {
  return new Set(events.map(({ version }) => version));
}

/** A step that a later run settled was done by the one that started it. */
function runOf({ event, ref, run }: EventPayload, payloads: readonly EventPayload[]): string {
  if (event !== 'settled') return run;
  return payloads.find(({ version }) => version === ref)?.run ?? run;
}

function oneRun(payloads: readonly EventPayload[], id: string): string {
  const found = [...new Set(payloads.map(({ run }) => run))].filter((run) => run.startsWith(id));
  const [run] = found;
  if (run === undefined) throw nothing(`no run of the log begins with "${id}"`);
  if (found.length > 1) throw nothing(`${found.length} runs of the log begin with "${id}": ${found.join(', ')}`);
  return run;
}

/** A file that only says it is done goes with the steps that are taken back. */
function isChosen({ kind, steps, siblings }: LiveChange, chosen: ReadonlySet<number>): boolean {
  return (kind === 'mark' ? siblings : steps).some(({ version }) => chosen.has(version));
}

function isCut({ kind, steps }: LiveChange, chosen: ReadonlySet<number>): boolean {
  return kind === 'file' && !steps.every(({ version }) => chosen.has(version));
}

/** What takes a whole file back cannot take back a part of it. */
function cutFiles(changes: readonly LiveChange[], chosen: ReadonlySet<number>): string[] {
  return changes
    .filter((change) => isCut(change, chosen))
    .map((change) => {
      const { first, last } = spanOf(change);
      return `${change.event.migration} (versions ${first} to ${last}) is taken back as a whole`;
    });
}

function spanOf({ steps, event: { version: last } }: LiveChange): { readonly first: number; readonly last: number } {
  return { first: Math.min(...steps.map(({ version }) => version)), last };
}

interface Asked {
  readonly chosen: ReadonlySet<number>;
  readonly payloads: readonly EventPayload[];
  readonly request: RollbackRequest;
}

/** Versions to go back to instead, of which each takes something back. */
function choicesOf(
  live: readonly LiveChange[],
  changes: readonly LiveChange[],
  { chosen, payloads, request }: Asked,
): readonly RollbackChoice[] {
  const countAfter = (to: number): number =>
    live.filter(({ steps }) => steps.some(({ version }) => version > to)).length;
  const ofFiles = changes
    .filter((change) => isCut(change, chosen))
    .flatMap((change) => {
      const { first, last } = spanOf(change);
      const { migration } = change.event;
      return [
        { to: first - 1, says: `take back all of ${migration} and everything after version ${first - 1}` },
        { to: last, says: `leave ${migration} as it is, and take back everything after version ${last}` },
      ];
    });
  const { takes, left } = interruptedRollback(payloads) ?? { takes: [], left: [] };
  const isLeft = request.kind === 'steps' && left.length !== takes.length;
  const to = (left[0] ?? 1) - 1;
  return [...ofFiles, ...(isLeft ? [{ to, says: `take back everything after version ${to}` }] : [])]
    .map((choice) => ({ ...choice, count: countAfter(choice.to) }))
    .filter(({ count }) => count > 0)
    .map(({ to: version, says, count }) => ({
      to: version,
      says: `${says} (${count} ${count === 1 ? 'change' : 'changes'})`,
    }));
}

/** Where a rollback was interrupted the last changes are no longer those that were meant. */
function leftBefore(payloads: readonly EventPayload[]): string[] {
  const { takes, left } = interruptedRollback(payloads) ?? { takes: [], left: [] };
  if (left.length === takes.length) return [];
  const which = `${left.length === 1 ? 'version' : 'versions'} ${left.join(', ')}`;
  return [`an interrupted rollback has ${which} still to take back, from where the last changes cannot be counted`];
}

function laterOnes(live: readonly LiveChange[], chosen: ReadonlySet<number>): string[] {
  const steps = live.flatMap((change) => change.steps);
  const mine = steps.filter(({ version }) => chosen.has(version));
  return steps
    .filter(({ version }) => !chosen.has(version))
    .filter((later) => mine.some((event) => isLaterOnSame(event, later)))
    .map(
      ({ version, summary }) => `version ${version} ("${summary}") came later and touches the same: take it back first`,
    );
}

function whyNothing(request: RollbackRequest): string {
  switch (request.kind) {
    case 'to':
      return `no change after version ${request.version} is left to take back`;
    case 'steps':
      return 'no change is left to take back';
    case 'run':
      return `nothing of the run ${request.id} is left to take back`;
  }
}

function nothing(message: string): MigrateError {
  return new MigrateError('NOTHING_TO_ROLL_BACK', { message });
}
