import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess, type Command, type Ended } from './run-process.ts';
import { countOnWire } from './wire-counter.ts';

/** What one run took besides time. */
export interface Probed {
  readonly ended: Ended;
  /** Peak resident memory of its largest Node.js process, in MiB. */
  readonly peakMiB: number;
  readonly statements: number;
  readonly ddl: number;
}

/** Runs a command once with memory and statements counted; such a run is never one of the timed ones. */
export async function probe(commandFor: (url: string) => Command, url: string, work: string): Promise<Probed> {
  const wire = url.startsWith('sqlite:') ? undefined : await countOnWire(url);
  const file = join(work, 'probe.jsonl');
  try {
    const command = commandFor(wire?.url ?? url);
    const options = `--require=${join(import.meta.dirname, 'probe.cjs')}`;
    const ended = await runProcess(
      { ...command, env: { ...command.env, BENCH_PROBE: file, NODE_OPTIONS: options } },
      work,
    );
    const lines = readLines(file);
    const sum = (of: 'statements' | 'ddl'): number => lines.reduce((total, line) => total + line[of], 0);
    const counted = wire?.count ?? { statements: sum('statements'), ddl: sum('ddl') };
    return { ended, peakMiB: Math.max(0, ...lines.map(({ peakKiB }) => peakKiB)) / 1024, ...counted };
  } finally {
    await wire?.close();
    rmSync(file, { force: true });
  }
}

interface Line {
  readonly peakKiB: number;
  readonly statements: number;
  readonly ddl: number;
}

/** One line per process: a tool may start others. */
function readLines(file: string): Line[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
