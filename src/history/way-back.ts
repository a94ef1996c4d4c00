import { describeOperation, isKnownKind, undoOperation, type Operation } from '../operations/index.ts';
import type { EventPayload } from './event.ts';
import type { LiveChange } from './live-changes.ts';

/** How a change is taken back. */
export type WayBack =
  /** Operations one after another; none where only the log changes. */
  | {
      readonly kind: 'operations';
      readonly restores: 'everything' | 'structure' | 'nothing';
      readonly operations: readonly Operation[];
      /** What it does not bring back. */
      readonly because?: string;
    }
  /** The author's code, in a file that is there as the log has it. */
  | {
      readonly kind: 'code';
      readonly path: string;
      readonly checksum: string;
      readonly restores: 'structure';
      readonly because: string;
    }
  | { readonly kind: 'impossible'; readonly because: string };

/** Whether the code of an author's way back can run: its file as it is now, or why it cannot. */
export type FoundCode =
  | { readonly runs: true; readonly path: string; readonly checksum: string }
  | { readonly runs: false; readonly because: string };

/**
 * What takes a change back: the code of its author where that was found, else operations by the log alone, without the parts
 * that have run before. Pure.
 */
export function wayBack(change: LiveChange, code?: FoundCode): WayBack {
  const { partsDone, codeParts } = change;
  if (code?.runs && partsDone === 0) {
    const because = `by the code of ${code.path}, which is as the log has it: what it does to rows is not known`;
    return { kind: 'code', path: code.path, checksum: code.checksum, restores: 'structure', because };
  }
  const reason = code?.runs ? 'it was begun so' : code?.because;
  if (codeParts.length > 0) return impossible(`the code of its way back has run in part, and ${reason}`);
  const way = wayByLog(change);
  if (way.kind === 'impossible') return reason === undefined ? way : impossible(`${way.because}, and ${reason}`);
  const operations = way.operations.slice(partsDone);
  if (reason === undefined) return { ...way, operations };
  const because = [`by the log alone, for ${reason}`, ...(way.because === undefined ? [] : [way.because])].join('; ');
  return { ...way, operations, because };
}

type WayByLog = Exclude<WayBack, { kind: 'code' }>;

function wayByLog({ kind, event, steps, completed }: LiveChange): WayByLog {
  if (kind === 'mark') return { kind: 'operations', restores: 'everything', operations: [] };
  if (kind === 'file') return wayOfFile(event, steps);
  const { operation, derived = [], object } = event;
  if (operation && operation.kind !== 'rawSql') return undoOfTyped(event, operation);
  if (!operation && object !== undefined)
    return impossible(`this version of mikrate does not know what "${event.summary}" is`);
  if (operation?.down !== undefined) return undoOf([operation]);
  if (derived.length > 0) return undoOfSeen([event]);
  // A file that found nothing to do has nothing to take back.
  if (!operation && event.sql.length === 0 && !completed?.file?.undoIsCode) return undoOf([]);
  return completed ? unknownWay(completed) : unfinished(event);
}

function wayOfFile(completing: EventPayload, steps: readonly EventPayload[]): WayByLog {
  if (completing.file?.down) return storedStatements(completing);
  const isSeen = steps.some(({ derived = [] }) => derived.length > 0);
  return isSeen ? undoOfSeen(steps) : unknownWay(completing);
}

/** A file's own way back is in the log once all of it has run, and is for all of it. */
function unfinished({ migration }: EventPayload): WayByLog {
  const because = `${migration} has run in part, and the way back that a file may have is for the whole of it`;
  return impossible(`${because}: let the rest of it run first, then take it back`);
}

/** It changed rows, or nothing: the log cannot tell how to undo that. */
function unknownWay(completing: EventPayload): WayByLog {
  if (completing.file?.undoIsCode) return impossible(`its way back is code in ${completing.file.path}`);
  return impossible('its author gave no SQL for the way back, and it did nothing to the schema that could be undone');
}

/** The statements of the author's way back, each a step of its own. */
function storedStatements({ migration, file }: EventPayload): WayByLog {
  const down = file?.down ?? [];
  const operations = down.map((up, at): Operation => ({
    kind: 'rawSql',
    summary: `way back of ${migration}, statement ${at + 1} of ${down.length}`,
    up,
    declared: 'destructive',
  }));
  return { kind: 'operations', restores: 'structure', operations };
}

function undoOfTyped({ undo }: EventPayload, operation: Operation): WayByLog {
  if (operation.kind === 'backfill') return { kind: 'operations', ...restoresNothing(operation), operations: [] };
  if (undo?.restores !== 'nothing' && undo?.operation && isKnownKind(undo.operation.kind))
    return { kind: 'operations', restores: undo.restores, operations: [undo.operation] };
  return undoOf([operation]);
}

/** Rows that were filled stay filled, which harms nobody: only what would stay in the schema stands in the way. */
function restoresNothing(operation: Operation): { readonly restores: 'nothing'; readonly because: string } {
  const undo = undoOperation(operation);
  return { restores: 'nothing', because: undo.restores === 'nothing' ? undo.because : 'the rows stay as they are' };
}

/** A statement that left the schema as it was may have changed rows, which no look at the schema shows. */
function undoOfSeen(steps: readonly EventPayload[]): WayByLog {
  const way = undoOf(steps.flatMap(({ derived = [] }) => derived));
  const isAllSeen = steps.every(({ derived, sql }) => derived !== undefined && sql.length < 2);
  if (way.kind === 'impossible' || isAllSeen) return way;
  return { ...way, restores: 'structure', because: 'what its SQL did to rows is not undone' };
}

/** The last one first. */
function undoOf(operations: readonly Operation[]): WayByLog {
  const unknown = operations.find(({ kind }) => !isKnownKind(kind));
  if (unknown) return impossible(`this version of mikrate does not know the operation ${unknown.kind}`);
  const undone = operations.toReversed().map((operation) => ({ operation, undo: undoOperation(operation) }));
  for (const { operation, undo } of undone)
    if (undo.restores === 'nothing') return impossible(`${describeOperation(operation)}: ${undo.because}`);
  const isStructure = undone.some(({ undo }) => undo.restores === 'structure');
  return {
    kind: 'operations',
    restores: isStructure ? 'structure' : 'everything',
    operations: undone.flatMap(({ undo }) => (undo.restores === 'nothing' ? [] : [undo.operation])),
  };
}

function impossible(because: string): WayByLog {
  return { kind: 'impossible', because };
}
