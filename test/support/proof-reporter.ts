import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter, TestSpecification, Vitest } from 'vitest/node';
import { databaseKinds } from './databases.ts';
import { proofFileVariable, readProofs } from './proof.ts';
import { isBelowMinimum, proofDocument, proofRows } from './proof-table.ts';

/** Writes docs/proof.md at the end of a full run, and fails the run when a proof tried fewer cases than it must. */
export default class ProofReporter implements Reporter {
  readonly #file = join(tmpdir(), `mikrate-proof-${process.pid}.jsonl`);
  #vitest: Vitest | undefined;
  #isFull = false;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    process.env[proofFileVariable] = this.#file;
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    rmSync(this.#file, { force: true });
    this.#isFull = await this.#runsEverything(specifications.length);
  }

  onTestRunEnd(): void {
    const records = readProofs(this.#file);
    rmSync(this.#file, { force: true });
    if (!this.#isFull) return;
    const rows = proofRows(records, databaseKinds);
    writeFileSync('docs/proof.md', proofDocument(rows));
    const short = rows.filter(isBelowMinimum);
    if (short.length === 0) return;
    process.exitCode = 1;
    process.stderr.write('\nProofs that tried too few cases (docs/proof.md):\n');
    for (const { name, database, cases, minimum } of short)
      process.stderr.write(`  ${name}, ${database}: ${cases} of ${minimum}\n`);
  }

  async #runsEverything(files: number): Promise<boolean> {
    const vitest = this.#vitest;
    if (!vitest || process.env['MIKRATE_DATABASES'] || vitest.config.testNamePattern || vitest.config.watch)
      return false;
    const all = await vitest.globTestSpecifications();
    return files === all.length;
  }
}
