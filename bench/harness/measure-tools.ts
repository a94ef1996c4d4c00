import { createDatabase, type DatabaseKind, type TestDatabase } from '../../test/support/databases.ts';
import { tools } from '../tools/index.ts';
import type { Tool, ToolId } from '../tools/tool.ts';
import { median } from './median.ts';
import { missingOf } from './nine-tables.ts';
import { probe } from './probe.ts';
import { runProcess } from './run-process.ts';

/** What one tool took on one database. */
export interface ToolResult {
  readonly id: ToolId;
  readonly name: string;
  /** Building nine tables in an empty database; absent for the floor. */
  readonly fresh?: CaseResult;
  /** Being started again when there is nothing to do. */
  readonly idle: CaseResult;
}

export interface CaseResult {
  /** Wall milliseconds of each run, in the order of rounds, so that runs of one round can be paired. */
  readonly ms: readonly number[];
  readonly peakMiB: number;
  readonly statements: number;
  readonly ddl: number;
  /** Why its numbers do not count: what it said, or what was missing afterwards. */
  readonly failure?: string;
}

const probes = 3;

interface Subject {
  readonly tool: Tool;
  database: TestDatabase;
  fresh?: CaseResult;
  idle?: CaseResult;
}

/** Runs all tools on one kind of database, interleaved: each round starts each tool once, beginning with another one. */
export async function measureTools(
  kind: DatabaseKind,
  runs: { readonly idle: number; readonly fresh: number },
  work: string,
  progress: (text: string) => void,
): Promise<readonly ToolResult[]> {
  const subjects: Subject[] = [];
  for (const tool of tools) subjects.push({ tool, database: await createDatabase(kind, { name: 'bench' }) });
  try {
    progress(`${kind}: nine tables from nothing, ${runs.fresh} rounds of ${subjects.length - 1} tools`);
    await measureFresh(
      subjects.filter(({ tool }) => tool.makesTables),
      runs.fresh,
      work,
    );
    progress(`${kind}: nothing to do, ${runs.idle} rounds of ${subjects.length} tools`);
    await measureIdle(subjects, runs.idle, work);
  } finally {
    for (const { database } of subjects) await database.drop();
  }
  return subjects.map(({ tool: { id, name }, fresh, idle }) => ({
    id,
    name,
    ...(fresh && { fresh }),
    idle: idle ?? missing(),
  }));
}

/** The first run of each is probed, the others are timed; each begins with a new database, and the last one stays. */
async function measureFresh(subjects: readonly Subject[], rounds: number, work: string): Promise<void> {
  for (const subject of subjects) {
    const probed = await probe((url) => command(subject, url), subject.database.url, work);
    const failure = failureOf(probed.ended) ?? (await missingOf(subject.database));
    subject.fresh = {
      ms: [],
      peakMiB: probed.peakMiB,
      statements: probed.statements,
      ddl: probed.ddl,
      ...(failure !== undefined && { failure }),
    };
  }
  const times = await inRounds(subjects, rounds, async (subject) => {
    const { kind } = subject.database;
    await subject.database.drop();
    subject.database = await createDatabase(kind, { name: 'bench' });
    return (await runProcess(command(subject, subject.database.url), work)).ms;
  });
  for (const subject of subjects) subject.fresh = { ...(subject.fresh ?? missing()), ms: times.get(subject) ?? [] };
}

/** The first run of each is not counted: mikrate notes then that all is well. */
async function measureIdle(subjects: readonly Subject[], rounds: number, work: string): Promise<void> {
  for (const subject of subjects) {
    await runProcess(command(subject, subject.database.url), work);
    const probed = [];
    for (let at = 0; at < probes; at += 1)
      probed.push(await probe((url) => command(subject, url), subject.database.url, work));
    const failure = probed.map(({ ended }) => failureOf(ended)).find(Boolean);
    subject.idle = {
      ms: [],
      peakMiB: median(probed.map(({ peakMiB }) => peakMiB)),
      statements: median(probed.map(({ statements }) => statements)),
      ddl: median(probed.map(({ ddl }) => ddl)),
      ...(failure !== undefined && { failure }),
    };
  }
  const times = await inRounds(
    subjects,
    rounds,
    async (subject) => (await runProcess(command(subject, subject.database.url), work)).ms,
  );
  for (const subject of subjects) subject.idle = { ...(subject.idle ?? missing()), ms: times.get(subject) ?? [] };
}

async function inRounds(
  subjects: readonly Subject[],
  rounds: number,
  run: (subject: Subject) => Promise<number>,
): Promise<ReadonlyMap<Subject, readonly number[]>> {
  const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)])
      times.get(subject)?.push(await run(subject));
  }
  return times;
}

function command({ tool, database }: Subject, url: string) {
  return tool.command(database.kind, url);
}

/** Some tools end with 0 after an error, so what they printed counts too. */
function failureOf({ code, output }: { code: number | undefined; output: string }): string | undefined {
  const line = output
    .split('\n')
    .map((text) => text.trim())
    .find((text) => /^(?:\w*Error|\w*Exception)\b.*:/u.test(text));
  if (code === 0 && line === undefined) return undefined;
  return `${line ?? (output.trim().split('\n').at(-1) || 'no output')} (exit code ${code ?? 'none'})`
    .replaceAll('|', '¦')
    .slice(0, 200);
}

function missing(): CaseResult {
  return { ms: [], peakMiB: 0, statements: 0, ddl: 0, failure: 'not run' };
}
