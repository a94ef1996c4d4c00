import { hostname, userInfo } from 'node:os';
import { resolve, dirname } from 'node:path';
import { readAnswersFile, withAnswers } from '../config/answers-file.ts';
import { connect, type Connection } from '../config/connect.ts';
import { parseDuration } from '../config/duration.ts';
import { loadConfig, type LoadedConfig } from '../config/load-config.ts';
import { loadWithoutModels } from '../config/load-without-models.ts';
import { readLockFile } from '../config/lock-file.ts';
import type { ResolvedOptions } from '../config/options.ts';
import { loadDialect } from '../dialects/index.ts';
import { MigrateError } from '../errors.ts';
import type { Emit } from '../events/emitter.ts';
import { logTables } from '../history/log-tables.ts';
import { logEntities } from '../history/schema-version.ts';
import type { Job } from '../pipeline.ts';
import type { CommandContext } from './context.ts';
import { toolVersion } from './tool-version.ts';
import { tuneForTables } from './tune-engine.ts';

/** Loads config and models, connects, runs `work`, and closes the connection whatever happens. */
export async function withJob<Result>(
  context: CommandContext,
  emit: Emit,
  work: (job: Job) => Promise<Result>,
): Promise<Result> {
  return withConfig(await loadConfig(placeOfConfig(context)), { context, emit, work });
}

/** The same for work by the log alone: neither models nor a config that loads are needed where a URL is given. */
export async function withJobOfLog<Result>(
  context: CommandContext,
  emit: Emit,
  work: (job: Job) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl } = context.options;
  const onNotice = (text: string): void => emit({ kind: 'noticed', level: 'warning', text });
  const config = await loadWithoutModels({ ...placeOfConfig(context), databaseUrl, onNotice });
  return withConfig(config, { context, emit, work });
}

function placeOfConfig({ options, env, cwd }: CommandContext) {
  return { cwd, file: options.config, context: options.context, env };
}

interface JobRequest<Result> {
  readonly context: CommandContext;
  readonly emit: Emit;
  readonly work: (job: Job) => Promise<Result>;
}

async function withConfig<Result>(config: LoadedConfig, { context, emit, work }: JobRequest<Result>): Promise<Result> {
  const { options, env, signal } = context;
  const migrate = withAnswersOf(context, config.migrate);
  const { lockTimeout } = options;
  const lockTimeoutMs = lockTimeout === undefined ? config.migrate.lock.wait : duration(lockTimeout, '--lock-timeout');
  const tables = logTables(migrate.log);
  const entities = logEntities(tables);
  const connection: Connection = await connect({
    config,
    databaseUrl: options.databaseUrl,
    env,
    entities: Object.values(entities),
    wait: duration(options.wait ?? '30s', '--wait'),
    onWait: ({ target, ms, message }) => emit({ kind: 'waited', for: 'server', target, ms, detail: message }),
    onNotice: (text) => emit({ kind: 'noticed', level: 'info', text }),
    signal,
  });
  tuneForTables(connection.orm.getMetadata().getAll().size);
  try {
    return await work({
      connection,
      dialect: await loadDialect(connection.dialectName),
      options: migrate,
      lockFile: readLockFile(resolve(dirname(config.file), config.migrate.migrations.lockFile)),
      log: { tables, entities },
      emit,
      signal,
      project: { root: dirname(config.file), importModule: config.importModule },
      flags: {
        lockTimeoutMs,
        strict: options.strict ?? false,
        failIfNewer: options.failIfNewer ?? false,
        redo: options.redo ?? false,
        allowOutOfOrder: options.allowOutOfOrder ?? false,
        forceSync: options.forceSync ?? false,
      },
      identity: identityOf(env),
    });
  } finally {
    await connection.close();
  }
}

/** The options, with the answers of the file that `--answers` names. */
function withAnswersOf({ options, cwd }: CommandContext, migrate: ResolvedOptions): ResolvedOptions {
  return options.answers === undefined ? migrate : withAnswers(migrate, readAnswersFile(resolve(cwd, options.answers)));
}

function identityOf(env: CommandContext['env']): Job['identity'] {
  const app = env['APP_VERSION'];
  return {
    actor: actorOf(env),
    host: hostname().slice(0, 191),
    tool: toolVersion(),
    ...(app !== undefined && { app: app.slice(0, 191) }),
  };
}

// A container may run under a number that has no name.
function actorOf(env: CommandContext['env']): string {
  try {
    return userInfo().username.slice(0, 191);
  } catch {
    return (env['USER'] ?? String(process.getuid?.() ?? 'unknown')).slice(0, 191);
  }
}

function duration(text: string, option: string): number {
  const ms = parseDuration(text);
  if (ms === undefined)
    throw new MigrateError('USAGE', { message: `${option} takes a duration such as 30s or 10m, not "${text}"` });
  return ms;
}
