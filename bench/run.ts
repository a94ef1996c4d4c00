// The whole benchmark in one go: servers, every tool on every database, inspect + diff at scale, RESULTS.md.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseKinds, removeDatabasesOfRun, type DatabaseKind } from '../test/support/databases.ts';
import { environmentName, startServers } from '../test/support/servers/index.ts';
import { buildMikrate } from './harness/build-mikrate.ts';
import { describeMachine } from './harness/describe-machine.ts';
import { measureScale, type ScaleResult } from './harness/measure-scale.ts';
import { measureSequences, type SequenceResult } from './harness/measure-sequence.ts';
import { measureTools, type ToolResult } from './harness/measure-tools.ts';
import { resultsMarkdown } from './results/markdown.ts';
import { prepareReferenceApps } from './tools/reference-app.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    'scale-runs': { type: 'string', default: '5' },
    'sequence-runs': { type: 'string', default: '5' },
    sizes: { type: 'string', default: '100,500,1000' },
    out: { type: 'string', default: join(import.meta.dirname, 'RESULTS.md') },
  },
});
const runs = {
  idle: Number(values.runs),
  fresh: Math.ceil(Number(values.runs) / 2),
  scale: Number(values['scale-runs']),
  sequence: Number(values['sequence-runs']),
};
const sizes = values.sizes.split(',').filter(Boolean).map(Number);
const work = join(import.meta.dirname, '.work');
const begin = performance.now();

mkdirSync(work, { recursive: true });
await buildMikrate(work);
const servers = await startServers(databaseKinds.flatMap((kind) => (kind === 'sqlite' ? [] : [kind])));
for (const { kind, url } of servers) process.env[environmentName(kind)] = url;
try {
  await prepareReferenceApps(work);
  const tools = new Map<DatabaseKind, readonly ToolResult[]>();
  const scale: ScaleResult[] = [];
  const sequence: SequenceResult[] = [];
  const machine = await describeMachine(databaseKinds);
  // After each part, so that a run that is cut short leaves what it has.
  const write = (): void => {
    const results = { tools, scale, sequence, machine, runs, minutes: (performance.now() - begin) / 60_000 };
    writeFileSync(values.out, resultsMarkdown(results));
  };
  for (const kind of databaseKinds) {
    tools.set(kind, await measureTools(kind, runs, work, progress));
    write();
  }
  for (const kind of databaseKinds) {
    for (const count of sizes) {
      scale.push(await measureScale(kind, count, runs.scale, work, progress));
      write();
    }
  }
  if (runs.sequence > 0) sequence.push(...(await measureSequences(runs.sequence, work, progress)));
  write();
  progress(`written to ${values.out}`);
} finally {
  await removeDatabasesOfRun().catch((error: unknown) => progress(String(error)));
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(join(work, 'app'), { recursive: true, force: true });
}

function progress(text: string): void {
  process.stderr.write(`[${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s] ${text}\n`);
}
