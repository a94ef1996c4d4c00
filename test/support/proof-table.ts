import type { DatabaseKind } from './databases.ts';
import { proofMinimum, proofMinimums } from './proof-minimums.ts';
import type { ProofName } from './proof-minimums.ts';
import type { ProofRecord } from './proof.ts';

/** A proof on one database: how many cases passed in the run, and how many must. */
export interface ProofRow {
  readonly name: ProofName;
  readonly database: DatabaseKind;
  readonly cases: number;
  readonly minimum: number;
}

/** One row for each proof and database that has it. */
export function proofRows(records: readonly ProofRecord[], databases: readonly DatabaseKind[]): readonly ProofRow[] {
  const names = Object.keys(proofMinimums) as ProofName[];
  return names.flatMap((name) =>
    databases.flatMap((database) => {
      const minimum = proofMinimum(name, database);
      return minimum === undefined ? [] : [{ name, database, minimum, cases: countCases(records, name, database) }];
    }),
  );
}

/** True when fewer cases passed than must. */
export function isBelowMinimum({ cases, minimum }: ProofRow): boolean {
  return cases < minimum;
}

/** The rows as the document docs/proof.md. */
export function proofDocument(rows: readonly ProofRow[]): string {
  return [
    '# Proof',
    '',
    'What the last full test run tried on real servers. Written by the run itself (`test/support/proof-reporter.ts`);',
    'the run fails when a number is below its minimum (`test/support/proof-minimums.ts`).',
    '',
    '| proof | database | cases run | at least | result |',
    '|---|---|---:|---:|---|',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${row.database} | ${row.cases} | ${row.minimum} | ${isBelowMinimum(row) ? '**too few**' : 'passed'} |`,
    ),
    '',
  ].join('\n');
}

function countCases(records: readonly ProofRecord[], name: ProofName, database: DatabaseKind): number {
  const ofProof = records.filter((record) => record.name === name && record.database === database);
  return ofProof.reduce((sum, { cases }) => sum + cases, 0);
}
