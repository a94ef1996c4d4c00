import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { DatabaseKind } from './databases.ts';
import type { ProofName } from './proof-minimums.ts';

/** The name of the environment variable with the file that collects the records of a run. */
export const proofFileVariable = 'MIKRATE_PROOF_FILE';

export interface ProofRecord {
  readonly name: ProofName;
  readonly database: DatabaseKind;
  readonly cases: number;
}

/** Records that `cases` cases of a proof passed on a database. Call it after the assertions; calls add up. */
export function proof(name: ProofName, database: DatabaseKind, cases = 1): void {
  const file = process.env[proofFileVariable];
  const record: ProofRecord = { name, database, cases };
  // One short append is atomic, so workers do not tear each other's lines.
  if (file) appendFileSync(file, `${JSON.stringify(record)}\n`);
}

/** All records of a run so far. */
export function readProofs(file: string): readonly ProofRecord[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as ProofRecord);
}
