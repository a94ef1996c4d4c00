import { join } from 'node:path';
import { createDatabase, type DatabaseKind } from '../../test/support/databases.ts';
import { makeProject, type Style } from '../sequence/project.ts';
import { runProcess, type Command } from './run-process.ts';

/** A thousand migrations on one kind of database: wall milliseconds of whole processes, in the order of rounds. */
export interface SequenceResult {
  readonly kind: DatabaseKind;
  /** The same statements through the bare driver, one transaction each. */
  readonly bare: readonly number[];
  readonly typed: readonly number[];
  readonly sql: readonly number[];
  /** Nothing to do, after a thousand migrations and after none. */
  readonly idle: readonly number[];
  readonly idleNone: readonly number[];
}

const main = join(import.meta.dirname, '../../dist/main.js');

/** Each round runs every way once, on new databases. */
export async function measureSequence(
  kind: 'sqlite' | 'postgresql',
  rounds: number,
  work: string,
  progress: (text: string) => void,
): Promise<SequenceResult> {
  progress(`${kind}: 1,000 migrations, ${rounds} rounds`);
  const folders: { readonly [S in Style]: string } = {
    none: await lockedProject(work, 'none'),
    typed: await lockedProject(work, 'typed'),
    sql: await lockedProject(work, 'sql'),
  };
  const times = {
    bare: [] as number[],
    typed: [] as number[],
    sql: [] as number[],
    idle: [] as number[],
    idleNone: [] as number[],
  };
  for (let round = 0; round < rounds; round += 1) {
    times.bare.push((await onNewDatabase(kind, work, [bareCommand(kind)]))[0] ?? Number.NaN);
    const [typed = Number.NaN, idle = Number.NaN] = await onNewDatabase(kind, work, twice(folders.typed));
    const [sql = Number.NaN] = await onNewDatabase(kind, work, twice(folders.sql));
    const [, idleNone = Number.NaN] = await onNewDatabase(kind, work, twice(folders.none));
    for (const [name, ms] of Object.entries({ typed, sql, idle, idleNone })) times[name as keyof typeof times].push(ms);
  }
  return { kind, ...times };
}

/** With its lock file, as a project is that is deployed. */
async function lockedProject(work: string, style: Style): Promise<string> {
  const folder = makeProject(work, style);
  await timed({ args: [main, 'lock'], cwd: folder, env: { DATABASE_URL: '' } }, work);
  return folder;
}

function bareCommand(kind: DatabaseKind): Command {
  return { args: [`sequence/bare-${kind}.js`], cwd: join(import.meta.dirname, '..') };
}

function twice(cwd: string): readonly Command[] {
  const command = { args: [main, '--ci'], cwd };
  return [command, command];
}

async function onNewDatabase(kind: DatabaseKind, work: string, commands: readonly Command[]): Promise<number[]> {
  const database = await createDatabase(kind, { name: 'bench' });
  try {
    const times: number[] = [];
    for (const command of commands)
      times.push(await timed({ ...command, env: { ...command.env, DATABASE_URL: database.url } }, work));
    return times;
  } finally {
    await database.drop();
  }
}

async function timed(command: Command, work: string): Promise<number> {
  const { ms, code, output } = await runProcess(command, work);
  if (code !== 0) throw new Error(`${command.args.join(' ')}:\n${output.slice(-2000)}`);
  return ms;
}
