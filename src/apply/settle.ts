import { MigrateError } from '../errors.ts';
import type { EventPayload } from '../history/event.ts';
import { objectOf, type Operation } from '../operations/index.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import type { Schema } from '../schema/schema.ts';
import { probe } from './probe.ts';
import { holdsAlready } from './run-statement.ts';
import { settledEffect, type Settling } from './settled-effect.ts';
import { changesSchemaAlone } from './statement-reach.ts';

/** Finds out by the catalogs what became of steps that a crash left open, and closes each in the log. */
export async function settleOpenSteps(open: readonly EventPayload[], context: Settling): Promise<void> {
  for (const started of open) await settle(started, context);
}

async function settle(started: EventPayload, context: Settling): Promise<void> {
  const { session, dialect, spellings } = context;
  const { operation, before, expected } = started;
  if (operation?.kind === 'rawSql') return settleStatement(started, operation, context);
  if (!operation || before === undefined || expected === undefined) return;
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
  await close(started, operation, { ...context, state: verdict.state });
}

/**
 * A statement of the user's: what its author says must hold afterwards decides; without that, one that changes the schema
 * alone runs again where the schema is as before. Anything else is for a person. Throws STATEMENT_IN_DOUBT.
 */
async function settleStatement(started: EventPayload, operation: Operation, context: Settling): Promise<void> {
  const { dialect, inspectAll } = context;
  const text = started.sql[0]?.text ?? started.summary;
  if (started.after && (await holdsAlready(started.after, context)))
    return close(started, operation, { ...context, state: 'after' });
  const isBefore = fingerprint(await inspectAll()) === started.schemaBefore;
  if (isBefore && started.code !== 'rest' && changesSchemaAlone(text, dialect.lexis))
    return close(started, operation, { ...context, state: 'before' });
  throw new MigrateError('STATEMENT_IN_DOUBT', { path: started.migration, statement: text });
}

interface Closing extends Settling {
  readonly state: 'before' | 'after';
}

/** Closes a step in the log with what was found. */
async function close(started: EventPayload, operation: Operation, context: Closing): Promise<void> {
  const { journal, emit, state } = context;
  const isAfter = state === 'after';
  await journal.append({
    migration: started.migration,
    step: started.step,
    source: started.source,
    ...(isAfter ? doneAs(started) : { event: 'failed', ref: started.version }),
    operation,
    object: objectOf(operation),
    ...(started.class && { class: started.class }),
    ...(started.parameters !== undefined && { parameters: started.parameters }),
    ...(started.code && { code: started.code }),
    ...(isAfter && started.losses && { losses: started.losses }),
    ...(isAfter && (await settledEffect(started, context))),
    summary: started.summary,
    sql: [],
    finishedAt: journal.clock.now(),
    ...(!isAfter && { error: { code: 'INTERRUPTED', message: 'the process ended before the statement took effect' } }),
  });
  emit({ kind: 'operationSettled', operation, summary: started.summary, as: state });
}

/** How the log says that a step which was left open is done; a step of a rollback names what it takes back. */
export function doneAs({
  version,
  ref,
  part,
  source,
}: EventPayload): Pick<EventPayload, 'event' | 'ref' | 'closes' | 'part'> {
  if (source !== 'rollback' || ref === undefined) return { event: 'settled', ref: version };
  if (part) return { event: 'settled', ref, closes: version, part };
  return { event: 'rolled_back', ref, closes: version };
}
