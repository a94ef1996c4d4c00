import { defineEntity, p } from '@mikro-orm/core';
import type { Fact } from '../../../src/events/facts.ts';
import { findDamage } from '../../../src/history/chain.ts';
import { foldLog, readPayload, type LogState } from '../../../src/history/state.ts';
import type { EventPayload } from '../../../src/history/event.ts';
import { adopt } from '../../../src/stages/adopt.ts';
import type { AdoptReport } from '../../../src/stages/apply-adoption.ts';
import type { AdoptRequest } from '../../../src/stages/plan-adoption.ts';
import { openProject } from '../../../src/sequence/adopt/project.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { withTestJob, type MigrateSettings } from '../../support/migrate.ts';
import { readEvents } from '../../support/read-events.ts';

const Inmate = defineEntity({
  name: 'Inmate',
  tableName: 'inmates',
  properties: { id: p.integer().primary(), name: p.string().length(100) },
});

/** The models of a project that had another tool before. */
export const models: MigrateSettings = { config: { entities: [Inmate] } };

export interface Adopting {
  readonly own?: NonNullable<AdoptRequest['own']>;
  readonly from?: string;
  readonly place?: NonNullable<AdoptRequest['place']>;
  readonly dryRun?: boolean;
  /** The project whose files it is matched to; one without files by default. */
  readonly settings?: MigrateSettings;
}

/** `migrate adopt` in this process. */
export async function adoptDatabase(
  database: TestDatabase,
  { settings = models, dryRun = false, ...asked }: Adopting = {},
): Promise<{ report: AdoptReport; facts: Fact[] }> {
  const facts: Fact[] = [];
  const request: AdoptRequest = {
    ...asked,
    dryRun,
    project: async (run) => openProject(run.project.root, await run.files()),
  };
  const report = await withTestJob(database, settings, facts, (job) => adopt(job, request));
  return { report, facts };
}

/** What the log of a database says. */
export interface ReadLog {
  readonly payloads: readonly EventPayload[];
  readonly imported: readonly EventPayload[];
  readonly migrations: LogState['migrations'];
  readonly damage: ReturnType<typeof findDamage>;
}

/** Reads the log of a database. */
export async function readLog(database: TestDatabase): Promise<ReadLog> {
  const rows = await readEvents(database);
  const payloads = rows.map(readPayload);
  return {
    payloads,
    imported: payloads.filter(({ event }) => event === 'imported'),
    migrations: foldLog(rows, new Map()).migrations,
    damage: findDamage(rows),
  };
}
