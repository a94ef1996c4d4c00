import { MigrateError } from '../errors.ts';
import type { EventPayload } from '../history/event.ts';
import { objectOf } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import { probe } from './probe.ts';
import type { StepContext } from './run-step.ts';

/** Finds out by the catalogs what became of steps that a crash left open, and closes each in the log. */
export async function settleOpenSteps(
  open: readonly EventPayload[],
  context: Omit<StepContext, 'schema'>,
): Promise<void> {
  for (const started of open) await settle(started, context);
}

async function settle(
  started: EventPayload,
  { session, dialect, journal, emit, spellings }: Omit<StepContext, 'schema'>,
): Promise<void> {
  const { operation, before, expected } = started;
  if (!operation || before === undefined || expected === undefined) return;
  // The catalogs cannot tell whether SQL of an author's took effect: what it does may be in the rows alone.
  if (operation.kind === 'rawSql')
    throw new MigrateError('STATEMENT_IN_DOUBT', { path: started.migration, statement: started.summary });
  const verdict = await probe({
    session,
    dialect,
    operation,
    before: JSON.parse(before) as Schema,
    after: JSON.parse(expected) as Schema,
    spellings,
  });
  if (verdict.state === 'neither')
    throw new MigrateError('OUTCOME_UNKNOWN', {
      operation: started.summary,
      before: verdict.expected,
      live: verdict.live,
    });
  const isAfter = verdict.state === 'after';
  await journal.append({
    migration: started.migration,
    step: started.step,
    source: started.source,
    ...(isAfter ? doneAs(started) : { event: 'failed', ref: started.version }),
    operation,
    object: objectOf(operation),
    ...(started.class && { class: started.class }),
    summary: started.summary,
    sql: [],
    finishedAt: journal.clock.now(),
    ...(!isAfter && { error: { code: 'INTERRUPTED', message: 'the process ended before the statement took effect' } }),
  });
  emit({ kind: 'operationSettled', operation, summary: started.summary, as: verdict.state });
}

/** A step of a rollback names what it takes back. */
function doneAs({ version, ref, part, source }: EventPayload): Pick<EventPayload, 'event' | 'ref' | 'closes' | 'part'> {
  if (source !== 'rollback' || ref === undefined) return { event: 'settled', ref: version };
  if (part) return { event: 'settled', ref, closes: version, part };
  return { event: 'rolled_back', ref, closes: version };
}
