import { join } from 'node:path';
import { createDatabase, type DatabaseKind } from '../../test/support/databases.ts';
import type { Said, Task } from '../scale/target.ts';
import { median } from './median.ts';
import { runProcess } from './run-process.ts';

/** Inspect + diff of a database with `count` tables, each tool over the one that it created itself. */
export interface ScaleResult {
  readonly kind: DatabaseKind;
  readonly count: number;
  /** Milliseconds of each run, in the order of rounds. */
  readonly mikrate: readonly number[];
  readonly mikroOrm: readonly number[];
  /** Medians of mikrate's parts: reading models and catalogs, comparison. */
  readonly parts: Readonly<Record<string, number>>;
  readonly failure?: string;
}

const scripts = { mikrate: 'mikrate.ts', mikroOrm: 'mikro-orm.ts' } as const;
type Who = keyof typeof scripts;

/** Each run is a process of its own, so that it is measured as cold as a command line runs; the two take turns. */
export async function measureScale(
  kind: DatabaseKind,
  count: number,
  rounds: number,
  work: string,
  progress: (text: string) => void,
): Promise<ScaleResult> {
  progress(`${kind}: inspect + diff of ${count} tables`);
  const databases = {
    mikrate: await createDatabase(kind, { name: 'bench' }),
    mikroOrm: await createDatabase(kind, { name: 'bench' }),
  };
  const ask = (who: Who, action: Task['action']): Promise<Said> =>
    run(who, { action, kind, url: databases[who].url, count }, work);
  const said: Record<Who, Said[]> = { mikrate: [], mikroOrm: [] };
  try {
    await ask('mikroOrm', 'create');
    await ask('mikrate', 'create');
    for (let round = 0; round < rounds; round += 1) {
      const order: readonly Who[] = round % 2 === 0 ? ['mikrate', 'mikroOrm'] : ['mikroOrm', 'mikrate'];
      for (const who of order) said[who].push(await ask(who, 'measure'));
    }
  } finally {
    await Promise.all(Object.values(databases).map((database) => database.drop()));
  }
  const left = (['mikrate', 'mikroOrm'] as const).flatMap((who) =>
    said[who]
      .flatMap((one) => one.left)
      .slice(0, 1)
      .map((text) => `${who} found a difference: ${text.slice(0, 100)}`),
  );
  const ms = (who: Who): number[] => said[who].map((one) => one.ms);
  return {
    kind,
    count,
    mikrate: ms('mikrate'),
    mikroOrm: ms('mikroOrm'),
    parts: mediansOf(said.mikrate),
    ...(left.length > 0 && { failure: left.join('; ') }),
  };
}

async function run(who: Who, { action, kind, url, count }: Task, work: string): Promise<Said> {
  const script = join(import.meta.dirname, '../scale', scripts[who]);
  const { code, output } = await runProcess(
    { args: [script, action, kind, url, String(count)], cwd: join(import.meta.dirname, '..') },
    work,
  );
  if (code !== 0) throw new Error(`${scripts[who]} ${action} ${kind} ${count}:\n${output.slice(-2000)}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Said;
}

function mediansOf(said: readonly Said[]): Record<string, number> {
  const names = Object.keys(said[0]?.parts ?? {});
  return Object.fromEntries(names.map((name) => [name, median(said.map(({ parts }) => parts?.[name] ?? 0))]));
}
