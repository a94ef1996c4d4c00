import type { Journal } from '../apply/journal.ts';
import type { Head } from '../history/chain.ts';
import { displayTable } from '../schema/names.ts';
import { fileRecord } from '../sequence/adopt/file-record.ts';
import type { ImportedMigration } from '../sequence/adopt/plan-import.ts';
import { openContext } from './begin-run.ts';
import { ensureLog } from './ensure-log.ts';
import type { Adoption } from './plan-adoption.ts';
import type { Baseline, Own } from './plan-baseline.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** What an adoption did, or would do. */
export interface AdoptReport {
  readonly status: 'done' | 'nothing' | 'planned';
  readonly baseline?: { readonly own: Own; readonly tables: number };
  readonly imported: readonly ImportedReport[];
  /** Migrations of the history that the log has already. */
  readonly known: number;
  readonly head?: Head;
}

/** One migration that was imported: as the tool called it, and as our log does. */
export interface ImportedReport {
  readonly tool: string;
  readonly name: string;
  readonly migration: string;
  /** Of the file that is it, or holds it among others. */
  readonly path?: string;
  readonly appliedAt?: string;
  /** As the tool has it. */
  readonly checksum?: string;
  /** Whether that is the file's; absent where it cannot be told. */
  readonly verified?: boolean;
}

/** The report of an adoption that does not happen. */
export function previewAdoption(adoption: Adoption): AdoptReport {
  return { ...describe(adoption), status: 'planned' };
}

/** Writes the events, all of them or none. Call it under the lock only. */
export async function applyAdoption(run: Run, seen: Survey, adoption: Adoption): Promise<AdoptReport> {
  const report = describe(adoption);
  const { head } = seen.log;
  if (!report.baseline && report.imported.length === 0) return { ...report, status: 'nothing', ...(head && { head }) };
  await ensureLog(run, seen.desired.own, seen.logSchema);
  const { journal } = await openContext(run, seen);
  await inTransaction(run, () => appendEvents(run, seen, { adoption, journal }));
  if (report.baseline) run.emit({ kind: 'baselineAdopted', ...report.baseline });
  for (const { appliedAt: _, ...imported } of report.imported) run.emit({ kind: 'migrationImported', ...imported });
  const anchor = journal.head();
  return { ...report, status: 'done', ...(anchor && { head: anchor }) };
}

function describe({ baseline, imports, known }: Adoption): Omit<AdoptReport, 'status'> {
  return {
    imported: imports.map(reportOf),
    known,
    ...(baseline && { baseline: { own: baseline.own, tables: Object.keys(baseline.schema.tables).length } }),
  };
}

function reportOf({ name: migration, file, within, provenance }: ImportedMigration): ImportedReport {
  const { tool, name, appliedAt, checksum, verified } = provenance;
  const path = (file ?? within)?.path;
  return {
    tool,
    name,
    migration,
    ...(path !== undefined && { path }),
    ...(appliedAt !== undefined && { appliedAt }),
    ...(checksum !== undefined && { checksum }),
    ...(verified !== undefined && { verified }),
  };
}

async function inTransaction({ session, dialect }: Run, work: () => Promise<void>): Promise<void> {
  await session.run(dialect.traits.begin);
  try {
    await work();
    await session.run(dialect.traits.commit);
  } catch (error) {
    await session.run(dialect.traits.rollback).catch(() => undefined);
    throw error;
  }
}

interface Appending {
  readonly adoption: Adoption;
  readonly journal: Journal;
}

async function appendEvents(run: Run, seen: Survey, { adoption, journal }: Appending): Promise<void> {
  if (adoption.baseline) await appendBaseline(run, seen, { baseline: adoption.baseline, journal });
  for (const migration of adoption.imports) await appendImport(migration, journal);
  // What was settled before has not seen these migrations.
  await run.events.writeLock({ settledDigest: null, updatedAt: journal.clock.now() });
}

async function appendBaseline(
  { events }: Run,
  { actual }: Survey,
  { baseline, journal }: { readonly baseline: Baseline; readonly journal: Journal },
): Promise<void> {
  await journal.append({
    migration: 'baseline',
    step: 0,
    source: 'baseline',
    sql: [],
    event: 'baseline',
    summary: summaries[baseline.own],
    expected: await events.saveSnapshot(baseline.schema),
    schemaAfter: await events.saveSnapshot(actual),
  });
}

const summaries: { readonly [own in Own]: string } = {
  all: 'adopt everything that was found',
  models: 'adopt what matches the models',
  none: 'adopt nothing',
};

async function appendImport({ name, file, provenance }: ImportedMigration, journal: Journal): Promise<void> {
  await journal.append({
    migration: name,
    step: 0,
    source: 'imported',
    sql: [],
    event: 'imported',
    summary: `import ${provenance.name} from ${displayTable(provenance.table)} of ${provenance.tool}`,
    provenance,
    ...(file && { file: await fileRecord(file) }),
  });
}
