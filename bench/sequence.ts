// The part of the benchmark about migration files alone: node sequence.ts [rounds]; prints a table.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeDatabasesOfRun } from '../test/support/databases.ts';
import { environmentName, startServers } from '../test/support/servers/index.ts';
import { buildMikrate } from './harness/build-mikrate.ts';
import { measureSequences } from './harness/measure-sequence.ts';
import { sequenceTable } from './results/sequence-table.ts';

const rounds = Number(process.argv[2] ?? 3);
const work = join(import.meta.dirname, '.work');
mkdirSync(work, { recursive: true });
await buildMikrate(work);
const servers = await startServers(['postgresql']);
for (const { kind, url } of servers) process.env[environmentName(kind)] = url;
const tell = (text: string): void => void process.stderr.write(`${text}\n`);
try {
  const results = await measureSequences(rounds, work, tell);
  process.stdout.write(`${sequenceTable(results).join('\n')}\n`);
} finally {
  await removeDatabasesOfRun(['sqlite', 'postgresql']).catch((error: unknown) => tell(String(error)));
  await Promise.all(servers.map((server) => server.stop()));
}
