// What a key waits for in a plan of 10,000 changes and a history of 100,000 events: node keys.ts [rounds]; prints a table.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildMikrate } from './harness/build-mikrate.ts';
import { measureKeys } from './harness/measure-keys.ts';
import { keysTable } from './results/keys-table.ts';

const rounds = Number(process.argv[2] ?? 5);
const work = join(import.meta.dirname, '.work');
mkdirSync(work, { recursive: true });
await buildMikrate(work);
const results = await measureKeys(rounds, (text) => void process.stderr.write(`${text}\n`));
process.stdout.write(`${keysTable(results).join('\n')}\n`);
