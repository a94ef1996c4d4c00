import type { RowEffects } from '../../check/rollback-losses.ts';
import type { EventPayload } from '../../history/event.ts';
import type { LiveChange } from '../../history/live-changes.ts';
import type { WayBack } from '../../history/way-back.ts';
import { partsOf } from '../../operations/alter-table.ts';
import { isKnownKind, undoOperation, type Operation } from '../../operations/index.ts';
import { takesAway, type Gone, type RollbackChange } from '../../plan/rollback-plan.ts';
import type { PlacedStep, WrittenRollback } from '../../plan/rollback-steps.ts';

/** One change of a rollback's plan: what it brings back, what it does not, and what goes with it. Pure. */
export function describeChange(
  { event, kind, steps: done }: LiveChange,
  way: WayBack,
  { placed, unclear, losses }: Pick<WrittenRollback, 'placed' | 'unclear'> & Pick<RowEffects, 'losses'>,
): RollbackChange {
  const own = placed.filter(({ step }) => step.undoes === event.version);
  const steps = own.flatMap(({ step, presumed }) => (presumed ? [] : [step]));
  const isStored = steps.some(({ operation }) => operation.kind === 'rawSql');
  const gone = done.flatMap(goneWith);
  return {
    undoes: event.version,
    migration: event.migration,
    summary: kind === 'step' ? event.summary : `migration ${event.migration}`,
    ...(isMoot(event, placed) ? moot : restoring(done, way)),
    losses: own.flatMap(({ step }) => losses.get(step.id) ?? []),
    ...(gone.length > 0 && { gone }),
    ...(isStored && { runsStoredSql: true as const }),
    ...(unclear.has(event.version) && { removesUnknown: true as const }),
    ...(way.kind === 'code' && { runsCode: { path: way.path, checksum: way.checksum } }),
    steps,
  };
}

/** Rows were filled in a column that goes with this rollback. */
function isMoot({ operation: filled }: EventPayload, placed: readonly PlacedStep[]): boolean {
  if (filled?.kind !== 'backfill') return false;
  return placed
    .flatMap(({ step }) => partsOf(step.operation))
    .filter(takesAway)
    .some((part) =>
      part.kind === 'dropTable'
        ? part.table.name === filled.table
        : part.table === filled.table && part.column.name === filled.column,
    );
}

const moot = { restores: 'everything', because: 'what it filled goes with the column' } as const;

/** What took nothing away, as was counted then, is brought back whole. */
function restoring(done: readonly EventPayload[], way: WayBack): Pick<RollbackChange, 'restores' | 'because'> {
  if (way.kind === 'impossible') return { restores: 'nothing', because: way.because };
  const isEmpty = way.kind === 'operations' && way.because === undefined && done.every(tookNothing);
  const restores = way.restores === 'structure' && isEmpty ? 'everything' : way.restores;
  return { restores, ...(way.because !== undefined && { because: way.because }) };
}

function tookNothing({ operation, losses }: EventPayload): boolean {
  if (!operation || operation.kind === 'rawSql' || operation.kind === 'backfill') return false;
  return partsOf(operation).every((part) =>
    takesAway(part) ? losses?.length === 0 : isKnownKind(part.kind) && undoOperation(part).restores === 'everything',
  );
}

/** What went with an event: as it counted it, else what its operations took away, without a count. */
function goneWith({ losses, derived, operation }: EventPayload): readonly Gone[] {
  if (losses) return losses;
  return (derived ?? (operation ? [operation] : [])).flatMap(partsOf).filter(takesAway).map(uncounted);
}

function uncounted(part: Extract<Operation, { kind: 'dropTable' | 'dropColumn' }>): Gone {
  if (part.kind === 'dropTable') return { kind: 'rows', table: part.table.name };
  return { kind: 'values', table: part.table, column: part.column.name };
}
