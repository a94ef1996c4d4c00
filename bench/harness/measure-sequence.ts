import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, type DatabaseKind } from '../../test/support/databases.ts';
import { environmentName } from '../../test/support/servers/index.ts';
import { startPostgres } from '../../test/support/servers/postgres.ts';
import { makeProject, type Style } from '../sequence/project.ts';
import { runProcess, type Command } from './run-process.ts';

export type SequenceKind = Extract<DatabaseKind, 'sqlite' | 'postgresql'>;

/** A thousand migrations on one kind of database: wall milliseconds of whole processes, in the order of rounds. */
export interface SequenceResult {
  readonly kind: SequenceKind;
  /** What is committed is on the disk: what SQLite and PostgreSQL do unless told otherwise. */
  readonly isDurable: boolean;
  /** The same statements through the bare driver, one transaction each. */
  readonly bare: readonly number[];
  readonly typed: readonly number[];
  readonly sql: readonly number[];
  /** Nothing to do, after a thousand migrations and after none. */
  readonly idle: readonly number[];
  readonly idleNone: readonly number[];
}

const main = join(import.meta.dirname, '../../dist/main.js');

/** The databases of the two kinds without durability, then as they are by themselves. */
export async function measureSequences(
  rounds: number,
  work: string,
  progress: (text: string) => void,
): Promise<SequenceResult[]> {
  const folders = await lockedProjects(work);
  const measure = (kind: SequenceKind, isDurable: boolean): Promise<SequenceResult> => {
    progress(`${kind}${isDurable ? ', durable' : ''}: 1,000 migrations, ${rounds} rounds`);
    return measureSequence({ kind, isDurable, rounds, folders, work });
  };
  const quick = [await measure('sqlite', false), await measure('postgresql', false)];
  const sqlite = await measure('sqlite', true);
  const server = await startPostgres({ isDurable: true });
  const name = environmentName('postgresql');
  const { [name]: before } = process.env;
  process.env[name] = server.url;
  try {
    return [...quick, sqlite, await measure('postgresql', true)];
  } finally {
    process.env[name] = before;
    await server.stop();
  }
}

type Folders = { readonly [S in Style]: string };

interface SequenceInput extends Pick<SequenceResult, 'kind' | 'isDurable'> {
  readonly rounds: number;
  readonly folders: Folders;
  readonly work: string;
}

/** Each round runs every way once, on new databases. */
async function measureSequence({ kind, isDurable, rounds, folders, work }: SequenceInput): Promise<SequenceResult> {
  const times = {
    bare: [] as number[],
    typed: [] as number[],
    sql: [] as number[],
    idle: [] as number[],
    idleNone: [] as number[],
  };
  const run = (commands: readonly Command[]): Promise<number[]> =>
    kind === 'sqlite' && isDurable ? onNewFile(work, commands) : onNewDatabase(kind, work, commands);
  for (let round = 0; round < rounds; round += 1) {
    const [bare = Number.NaN] = await run([bareCommand(kind)]);
    const [typed = Number.NaN, idle = Number.NaN] = await run(twice(folders.typed));
    const [sql = Number.NaN] = await run(twice(folders.sql));
    const [, idleNone = Number.NaN] = await run(twice(folders.none));
    for (const [name, ms] of Object.entries({ bare, typed, sql, idle, idleNone }))
      times[name as keyof typeof times].push(ms);
  }
  return { kind, isDurable, ...times };
}

async function lockedProjects(work: string): Promise<Folders> {
  return {
    none: await lockedProject(work, 'none'),
    typed: await lockedProject(work, 'typed'),
    sql: await lockedProject(work, 'sql'),
  };
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
    return await timedOn(database.url, work, commands);
  } finally {
    await database.drop();
  }
}

/** On the disk; the databases of tests are where files are quick. */
async function onNewFile(work: string, commands: readonly Command[]): Promise<number[]> {
  const folder = mkdtempSync(join(work, 'durable-'));
  try {
    return await timedOn(`sqlite:${join(folder, 'bench.sqlite')}`, work, commands);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timedOn(url: string, work: string, commands: readonly Command[]): Promise<number[]> {
  const times: number[] = [];
  for (const command of commands)
    times.push(await timed({ ...command, env: { ...command.env, DATABASE_URL: url } }, work));
  return times;
}

async function timed(command: Command, work: string): Promise<number> {
  const { ms, code, output } = await runProcess(command, work);
  if (code !== 0) throw new Error(`${command.args.join(' ')}:\n${output.slice(-2000)}`);
  return ms;
}
