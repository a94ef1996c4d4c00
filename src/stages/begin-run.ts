import { randomUUID } from 'node:crypto';
import { clockFrom } from '../apply/clock.ts';
import { openJournal } from '../apply/journal.ts';
import type { StepContext } from '../apply/run-step.ts';
import { adoptedByModels } from '../history/baseline.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { inspectApplication } from './read-state.ts';
import type { Schema } from '../schema/schema.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** What the steps of a run share: its journal behind the log's head, and the schema as it was seen. */
export async function openContext(run: Run, { standing, log, actual, comparison }: Survey): Promise<StepContext> {
  const identity = { ...run.identity, run: randomUUID(), release: standing.release.id };
  const journal = openJournal(run.events, identity, clockFrom(await run.events.now()), log.head);
  const { session, dialect, events, emit, signal } = run;
  const { learned } = comparison;
  const spellings = learned.length === 0 ? log.spellings : [...log.spellings, ...learned];
  const { reviewed } = run.flags;
  return {
    session,
    dialect,
    log: events,
    journal,
    emit,
    signal,
    source: 'models',
    ...(reviewed && { approval: { hash: reviewed.hash, actor: run.identity.actor } }),
    inspectAll: () => inspectApplication(run),
    schema: actual,
    spellings,
  };
}

/** The first events of a run: the release with its lineage, and on a first run what is adopted as ours. */
export async function beginRun(
  run: Run,
  seen: Survey & { readonly deferred?: readonly string[] },
  { journal }: StepContext,
): Promise<void> {
  const { log, standing, actual, plan, deferred = [] } = seen;
  const { id: _, ...lineage } = standing.release;
  const migration = plan.steps[0]?.migration ?? 'baseline';
  const holder = `${run.identity.actor}@${run.identity.host}, process ${process.pid}`;
  await run.events.writeLock({
    epoch: (log.head?.version ?? 0) + 1,
    holder,
    progress: null,
    updatedAt: journal.clock.now(),
  });
  const summary = `bring ${run.connection.describe.database} to release ${standing.release.id}`;
  await journal.append({
    migration,
    step: 0,
    source: 'models',
    sql: [],
    event: 'run',
    lineage,
    ...(deferred.length > 0 && { deferred }),
    summary,
    schemaBefore: fingerprint(actual),
  });
  if (log.head || Object.keys(actual.tables).length === 0) return;
  const expected = await run.events.saveSnapshot(matchingModels(run, seen));
  const schemaAfter = await run.events.saveSnapshot(actual);
  await journal.append({
    migration,
    step: 0,
    source: 'baseline',
    sql: [],
    event: 'baseline',
    summary: 'adopt what matches the models',
    expected,
    schemaAfter,
  });
}

/** The part of the database that matches the models. */
export function matchingModels({ dialect }: Run, { desired, actual, comparison }: Survey): Schema {
  const context = {
    dialect,
    expressions: comparison.expressions,
    isOurs: () => false,
    renames: { tables: {}, columns: {} },
  };
  return adoptedByModels(desired.rest, actual, context);
}
