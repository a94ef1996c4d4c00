import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../src/events/facts.ts';
import { findDamage } from '../../src/history/chain.ts';
import type { EventPayload } from '../../src/history/event.ts';
import { readPayload } from '../../src/history/state.ts';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts';
import { migrateDatabase, planDatabase, rollBackDatabase } from '../support/migrate.ts';
import { compareOracles, readOracle, type OracleDocument } from '../support/oracle/index.ts';
import { proof } from '../support/proof.ts';
import { readEvents } from '../support/read-events.ts';
import { readRows } from '../support/rows.ts';
import { buildState, type BuiltState } from '../upgrade/states/index.ts';

describe.each(databaseKinds)('rollback on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind, { name: 'back' });
  });
  afterEach(() => database.drop());

  test('up, back and up again with --redo: schema and rows are equal at each end', async () => {
    const built = await buildState('C', database);
    const old = asRebuilt(await readOracle(database));
    const before = await rowsOf(built);
    await migrateDatabase(database);
    const upgraded = await readOracle(database);
    const version = await firstChange();
    const planned = (await rollBackDatabase(database, { selection: to(version - 1), yes: false })).report.plan;
    expect(planned.blocked).toEqual([]);
    const back = await rollBackDatabase(database, { selection: to(version - 1), approve: planned.hash.slice(0, 12) });
    expect(back.report).toMatchObject({ status: 'rolledBack', takenBack: planned.changes.length });
    expect(warnings(back.facts)).toEqual([]);
    expect(compareOracles(old, asRebuilt(await readOracle(database)))).toEqual([]);
    expect(await rowsOf(built)).toEqual(before);
    await expectClosed();

    const stays = await migrateDatabase(database);
    expect(stays.report).toMatchObject({ status: 'ahead', applied: 0 });
    expect((await planDatabase(database)).standing.kind).toBe('ahead');
    expect(compareOracles(old, asRebuilt(await readOracle(database)))).toEqual([]);

    const again = await migrateDatabase(database, { flags: { redo: true } });
    expect(again.report.status).toBe('done');
    expect(compareOracles(upgraded, await readOracle(database))).toEqual([]);
    expect((await migrateDatabase(database)).report.status).toBe('nothing');
    expect(await rowsOf(built, before)).toEqual(before);
    expect(findDamage(await readEvents(database))).toBeUndefined();
    proof('rollback: up, back and up again', kind);
  });

  const to = (version: number) => ({ kind: 'to', version }) as const;

  /** The version of the first change of the log. */
  async function firstChange(): Promise<number> {
    const events = (await readEvents(database)).map(readPayload);
    return events.find(({ event }) => event === 'started' || event === 'applied')?.version ?? 0;
  }

  /** Each step that was begun has one end, and each change that was taken back names it. */
  async function expectClosed(): Promise<void> {
    const events = (await readEvents(database)).map(readPayload).filter(({ source }) => source === 'rollback');
    const [run, ...steps] = events;
    expect(run).toMatchObject({ event: 'run', withdrawn: [expect.stringMatching(/^[0-9a-f]{64}$/u)] });
    expect(run?.release).toBeUndefined();
    const started = steps.filter(({ event }) => event === 'started');
    const done = steps.filter(({ event }) => event === 'rolled_back');
    expect(done.length).toBeGreaterThan(10);
    expect(new Set(done.map(({ ref }) => ref)).size).toBe(done.length);
    const isJournalled = kind === 'mysql' || kind === 'mariadb';
    // A change of several parts is taken back part by part; the last one says so.
    const ended = steps.filter((step) => step.event !== 'started' && !isEndOfCode(step));
    expect(ended.flatMap(({ closes }) => closes ?? [])).toEqual(
      isJournalled ? started.map(({ version }) => version) : [],
    );
    expect(started.length).toBe(isJournalled ? ended.length : 0);
  }

  /** Behind the statements that it executed, which are steps themselves. */
  function isEndOfCode({ operation }: EventPayload): boolean {
    return operation?.kind === 'rawSql' && operation.up === '';
  }

  async function rowsOf(
    { tables }: BuiltState,
    like?: Readonly<Record<string, Row[]>>,
  ): Promise<Record<string, Row[]>> {
    const rows: Record<string, Row[]> = {};
    for (const table of tables) {
      const columns = like && Object.keys(like[table]?.[0] ?? {});
      rows[table] = await readRows(database, table, { ...(columns && { columns }) });
    }
    return rows;
  }
});

type Row = Awaited<ReturnType<typeof readRows>>[number];

/** A rebuild on SQLite writes a declared BOOLEAN as the integer that it means. */
function asRebuilt(document: OracleDocument): OracleDocument {
  const respell = (lines: readonly string[]): string[] =>
    lines.map((line) => (document.kind === 'sqlite' ? line.replace('TYPE BOOLEAN', 'TYPE INTEGER') : line)).toSorted();
  const objects = Object.entries(document.objects).map(([name, lines]) => [name, respell(lines)] as const);
  return { ...document, objects: Object.fromEntries(objects) };
}

function warnings(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => (fact.kind === 'noticed' && fact.level === 'warning' ? [fact.text] : []));
}
