/** What an error says besides its code: why, what to do, and the exit code of the process that stops on it. */
interface ErrorDefinition<Context> {
  /** What is so, and why. */
  why(context: Context): string;
  /** What to do next. */
  fix(context: Context): string;
  readonly exit: number;
}

const define = <Context>(
  exit: number,
  why: (c: Context) => string,
  fix: (c: Context) => string,
): ErrorDefinition<Context> => ({ why, fix, exit });

/** Every error this package throws on purpose. Codes are permanent: they are what people search for. */
export const errorDefinitions = {
  USAGE: define<{ message: string; help?: string }>(
    64,
    (c) => c.message,
    (c) => c.help ?? 'see `migrate --help`',
  ),
  CONFIG_NOT_FOUND: define<{ looked: readonly string[] }>(
    64,
    (c) => `no MikroORM config was found (looked for ${c.looked.join(', ')})`,
    () => 'create mikro-orm.config.ts, or name the file with --config',
  ),
  CONFIG_DOES_NOT_LOAD: define<{ file: string; where?: string; message: string; url?: string }>(
    64,
    (c) => `${c.file} does not load${c.where ? ` (${c.where})` : ''}: ${c.message}`,
    (c) =>
      c.url === undefined
        ? 'mend the file; run `node <file>` to see the error alone'
        : `correct DATABASE_URL: ${c.url}; else mend the file, run \`node <file>\` to see the error alone`,
  ),
  MODELS_DO_NOT_LOAD: define<{ where: string; message: string }>(
    64,
    (c) => `the models do not load (${c.where}): ${c.message}`,
    () => 'mend the entity at that place',
  ),
  OPTIONS_INVALID: define<{ file: string; problems: readonly string[] }>(
    64,
    (c) => `the options of \`export const migrate\` in ${c.file} are wrong: ${c.problems.join('; ')}`,
    () => 'mend the named options; the MigrateOptions type lists all of them',
  ),
  ANSWERS_INVALID: define<{ file: string; problems: readonly string[] }>(
    64,
    (c) => `the answers file ${c.file} is wrong: ${c.problems.join('; ')}`,
    () => 'mend the file, or let the terminal interface write one (`migrate`)',
  ),
  URL_CONTRADICTS_CONFIG: define<{ url: string; config: string }>(
    64,
    (c) => `DATABASE_URL names a ${c.url} database, the config's driver is for ${c.config}`,
    () => 'make them agree, or override both with --database-url',
  ),
  NOT_A_FILE: define<{ path: string }>(
    64,
    (c) => `${c.path} is a folder, not a database file`,
    (c) => `name a file in it, as sqlite:${c.path}/app.sqlite`,
  ),
  NODE_TOO_OLD: define<{ version: string }>(
    64,
    (c) => `this is Node.js ${c.version}, mikrate needs 22.17 or later`,
    () => 'install a newer Node.js, or call the newer one that is installed',
  ),
  URL_INVALID: define<{ message: string }>(
    64,
    (c) => `the database URL is not one: ${c.message}`,
    () => 'write mysql://, mariadb://, postgresql:// or sqlite:PATH',
  ),
  DRIVER_MISSING: define<{ package: string; version: string }>(
    64,
    (c) => `the package ${c.package} is not installed`,
    (c) => `npm install --save-exact ${c.package}@${c.version}`,
  ),
  DRIVER_UNKNOWN: define<{ driver: string }>(
    64,
    (c) => `the driver ${c.driver} is for a database that mikrate does not know`,
    () => 'use the MySQL, MariaDB, PostgreSQL or SQLite driver of MikroORM',
  ),
  VERSIONS_DIFFER: define<{ versions: readonly string[] }>(
    64,
    (c) => `different versions of @mikro-orm packages are installed: ${c.versions.join(', ')}`,
    () => 'install one exact version of all of them',
  ),
  SERVER_UNKNOWN: define<{ version: string; reason: string }>(
    64,
    (c) => `the server says it is ${c.version}: ${c.reason}`,
    () => 'use a supported server (MySQL ≥ 8.0, MariaDB ≥ 10.6, PostgreSQL ≥ 12, SQLite ≥ 3.35)',
  ),
  SERVER_UNREACHABLE: define<{ target: string; waited: string; message: string }>(
    69,
    (c) => `${c.target} did not answer within ${c.waited}: ${c.message}`,
    () => 'start the server or correct the address; --wait 60s waits longer',
  ),
  CONNECTION_REFUSED: define<{ target: string; message: string }>(
    69,
    (c) => `${c.target} is there, but does not take the connection: ${c.message}`,
    () => 'do what the message says, or correct the address in DATABASE_URL or the config',
  ),
  ACCESS_DENIED: define<{ user: string; target: string; message: string }>(
    69,
    (c) => `${c.target} refuses the user ${c.user}: ${c.message}`,
    () => 'correct user and password in DATABASE_URL or the config',
  ),
  DATABASE_MISSING: define<{ database: string; message: string }>(
    69,
    (c) => `the database ${c.database} does not exist and could not be created: ${c.message}`,
    (c) => `create it (CREATE DATABASE ${c.database}), or give the user the right to`,
  ),
  RIGHT_MISSING: define<{ right: string; grant: string; message: string }>(
    3,
    (c) => `the user may not ${c.right}: ${c.message}`,
    (c) => `as an administrator: ${c.grant}`,
  ),
  READ_ONLY: define<{ target: string; message: string }>(
    3,
    (c) => `${c.target} is read-only: ${c.message}`,
    () => 'connect to the primary server, or make the file and its folder writable',
  ),
  POOLED_CONNECTION: define<{ message: string }>(
    3,
    (c) => `the connection goes through a pooler that does not keep one session: ${c.message}`,
    () => 'give the direct address in the option migrationUrl',
  ),
  LOCK_TIMEOUT: define<{ waited: string; holder?: string }>(
    75,
    (c) => `another migration holds the lock${c.holder ? ` (${c.holder})` : ''}; waited ${c.waited}`,
    () => 'wait for it to end, or raise --lock-timeout',
  ),
  TABLE_BUSY: define<{ target: string; waited: string; holder?: string }>(
    75,
    (c) => `others kept using ${c.target}${c.holder ? ` (${c.holder})` : ''}; tried for ${c.waited}`,
    () => 'end the transaction that holds it, or raise the option lock.statementWait; then run migrate again',
  ),
  CONNECTION_LOST: define<{ message: string }>(
    1,
    (c) => `the connection to the server was lost: ${c.message}`,
    () => 'run migrate again; it settles what was under way',
  ),
  QUERY_FAILED: define<{ message: string }>(
    1,
    (c) => `the database refused a query: ${c.message}`,
    () => 'mend the cause, then run migrate again; --verbose shows every statement',
  ),
  LOCK_LOST: define<{ message: string }>(
    1,
    (c) => `the lock was lost: ${c.message}`,
    () => 'run migrate again; it settles what was under way',
  ),
  NAME_TOO_LONG: define<{ name: string; limit: string; object: string }>(
    3,
    (c) => `the name of ${c.object} "${c.name}" is longer than ${c.limit}`,
    () => 'give it a shorter name in the model (tableName, fieldName, or the name of the index or constraint)',
  ),
  NAME_FORBIDDEN: define<{ name: string; object: string }>(
    3,
    (c) => `the database does not take "${c.name}" as the name of ${c.object}`,
    () => 'give it another name in the model',
  ),
  PLAN_BLOCKED: define<{ problems: readonly string[] }>(
    3,
    (c) => `the plan cannot run:\n${c.problems.map((line) => `  - ${line}`).join('\n')}`,
    () => 'do what each line says, then run migrate again',
  ),
  PLAN_CHANGED: define<{ what: string; applied?: string }>(
    3,
    (c) =>
      c.applied === undefined
        ? `${c.what} changed since it was shown; nothing was applied`
        : `${c.what} changed since it was shown: ${c.applied}, nothing else was`,
    () => 'look at it again, then decide',
  ),
  CHANGES_PENDING: define<{ changes: readonly string[] }>(
    2,
    (c) =>
      `the models ask for changes that the option models: 'plan' does not apply:\n${c.changes.map((line) => `  - ${line}`).join('\n')}`,
    () => "look at them with `migrate plan`, and apply them by hand or by a run with models: 'apply'",
  ),
  NOT_SUPPORTED: define<{ what: string; database: string; manual: string }>(
    3,
    (c) => `${c.database} cannot ${c.what} (${c.manual})`,
    () => 'change the model, or make a new table and copy the rows',
  ),
  OUTCOME_UNKNOWN: define<{ operation: string; before: string; live: string }>(
    3,
    (c) =>
      `an earlier run stopped while it did "${c.operation}"; the database is neither as before nor as after: ${c.live}`,
    () => 'bring the named objects to one of the two states by hand, then run migrate again',
  ),
  OPERATION_FAILED: define<{ operation: string; message: string; applied: number; total: number }>(
    1,
    (c) => `"${c.operation}" failed: ${c.message}`,
    () => 'mend the cause, then run migrate again; what is applied is not done twice',
  ),
  NOT_CONVERGED: define<{ left: readonly string[] }>(
    1,
    (c) => `after the run the database still differs from the models: ${c.left.join('; ')}`,
    () => 'this is a fault of mikrate: please report it with `migrate plan --json`',
  ),
  VERIFICATION_FAILED: define<{ failed: readonly string[] }>(
    1,
    (c) => `critical queries failed: ${c.failed.join('; ')}`,
    () => 'see what each query says; run `migrate verify` again afterwards',
  ),
  LOG_DAMAGED: define<{ version: number; reason: string }>(
    3,
    (c) => `schema_versions is damaged at version ${c.version}: ${c.reason}`,
    () => 'compare it with a backup from before; `migrate history show N` shows the row',
  ),
  LOG_TOO_NEW: define<{ format: number; known: number }>(
    3,
    (c) => `schema_versions has format ${c.format}, this mikrate knows up to ${c.known}`,
    () => 'use the mikrate version that wrote it, or a newer one',
  ),
  DATABASE_NEWER: define<{ mine: string; head: string }>(
    4,
    (c) => `the database is at release ${c.head}, which is newer than this one (${c.mine})`,
    () => 'start the newer release; nothing was changed',
  ),
  DIVERGED: define<{ mine: string; head: string }>(
    5,
    (c) => `the database is at release ${c.head}, which this release (${c.mine}) does not descend from`,
    () => 'merge the two branches and run `migrate lock`',
  ),
  RELEASE_UNLOCKED: define<{ lockFile: string }>(
    3,
    (c) => `the models were changed after ${c.lockFile} was written`,
    () => 'run `migrate lock` and commit the file',
  ),
  LOCK_FILE_INVALID: define<{ file: string; message: string }>(
    64,
    (c) => `${c.file} is not readable: ${c.message}`,
    () => 'solve the git conflict with `migrate lock`, or restore the file',
  ),
  VERSION_UNKNOWN: define<{ version: number; last?: number }>(
    64,
    (c) => `there is no version ${c.version}: the log has ${c.last === undefined ? 'none yet' : `1 to ${c.last}`}`,
    () => 'see `migrate history` for the versions',
  ),
  SCHEMA_UNKNOWN: define<{ version: number }>(
    64,
    (c) => `the log has no schema for version ${c.version}`,
    () => 'see `migrate history` for the versions',
  ),
  MIGRATION_DOES_NOT_LOAD: define<{ path: string; where?: string; message: string }>(
    64,
    (c) => `the migration ${c.path}${c.where === undefined ? '' : ` (${c.where})`} does not load: ${c.message}`,
    () => 'mend the file at that place',
  ),
  MIGRATION_NAMES: define<{ problems: readonly string[] }>(
    64,
    (c) => `the migration files cannot be told apart or named:\n${c.problems.map((line) => `  - ${line}`).join('\n')}`,
    () => 'rename the files: letters, digits, dot, dash and underscore, at most 120, each name once',
  ),
  MIGRATION_FAILED: define<{ path: string; where?: string; message: string; excerpt?: string }>(
    1,
    (c) =>
      `the migration ${c.path}${c.where === undefined ? '' : `:${c.where}`} failed: ${c.message}${c.excerpt === undefined ? '' : `\n${c.excerpt}`}`,
    () => 'mend the file or the rows, then run migrate again; what is applied is not done twice',
  ),
  MIGRATION_EDITED: define<{ name: string; difference: string }>(
    3,
    (c) => `the migration ${c.name} was changed after it was applied:\n${c.difference}`,
    () =>
      'restore the file, or accept it as it is now with `migrate repair`; a change of the schema is a new migration',
  ),
  MIGRATION_MISSING: define<{ problems: readonly string[] }>(
    3,
    (c) => `migrations that were applied have no file any more:\n${c.problems.map((line) => `  - ${line}`).join('\n')}`,
    () => 'restore the files, or accept it with `migrate repair`',
  ),
  OUT_OF_ORDER: define<{ files: readonly string[]; last: string }>(
    3,
    (c) =>
      `new migrations come before ${c.last}, which is applied already:\n${c.files.map((line) => `  - ${line}`).join('\n')}`,
    () => 'give them later names, or run them as they are with --allow-out-of-order',
  ),
  EXPECTATION_FAILED: define<{ path: string; message: string; samples?: string }>(
    3,
    (c) =>
      `${c.path} expects something that is not so: ${c.message}${c.samples === undefined ? '' : `, for example ${c.samples}`}`,
    () => 'bring the rows to what the migration expects, then run migrate again',
  ),
  STATEMENT_IN_DOUBT: define<{ path: string; where?: string; statement: string }>(
    3,
    (c) =>
      `an earlier run stopped while it ran a statement of ${c.path}${c.where === undefined ? '' : `:${c.where}`}, and nothing declares how to see whether it took effect: ${c.statement}`,
    () => 'look at the database, then say `migrate repair --applied` or `migrate repair --not-applied`',
  ),
  NOTHING_TO_ROLL_BACK: define<{ message: string }>(
    64,
    (c) => c.message,
    () => 'see `migrate history` for the versions and runs',
  ),
  ROLLBACK_IMPOSSIBLE: define<{ problems: readonly string[] }>(
    3,
    (c) => `not everything can be taken back:\n${c.problems.map((line) => `  - ${line}`).join('\n')}`,
    () => 'roll back to a later version (`migrate history`), or restore a backup',
  ),
  APPROVAL_NEEDED: define<{ what: string; hash: string; losses: readonly string[] }>(
    3,
    (c) => `${c.what} needs leave:\n${c.losses.map((line) => `  - ${line}`).join('\n')}`,
    (c) => `look at it with --dry-run; --yes --approve ${c.hash} gives leave to exactly this`,
  ),
  FOREIGN_HISTORY_UNKNOWN: define<{ message: string }>(
    64,
    (c) => c.message,
    () => 'name the tool with --from TOOL; `migrate adopt --help` lists those that are known',
  ),
  FOREIGN_HISTORY_UNFINISHED: define<{ tool: string; problems: readonly string[] }>(
    3,
    (c) => `${c.tool} did not finish its work:\n${c.problems.map((line) => `  - ${line}`).join('\n')}`,
    (c) => `finish or repair it with ${c.tool}, then adopt again; nothing was imported`,
  ),
  FILE_EXISTS: define<{ file: string }>(
    64,
    (c) => `${c.file} is there already`,
    () => 'choose another name; a migration is never overwritten',
  ),
  DISK_FULL: define<{ message: string }>(
    1,
    (c) => `the database's disk is full: ${c.message}`,
    () => 'free space, then run migrate again',
  ),
  INTERRUPTED: define<{ signal: string }>(
    130,
    (c) => `stopped by ${c.signal}`,
    () => 'run migrate again to go on',
  ),
} as const;

/** Every code; permanent. docs/errors.md explains each. */
export type ErrorCode = keyof typeof errorDefinitions;
type ContextOf<C extends ErrorCode> = (typeof errorDefinitions)[C] extends ErrorDefinition<infer X> ? X : never;

/**
 * Every error this package throws on purpose: `code` is permanent, `message` is why, `fix` what to do, `state` in what state
 * the database is, `exitCode` what the process ends with. Never with a secret; what a driver threw is its `cause`.
 */
export class MigrateError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly context: ContextOf<C>;
  readonly fix: string;
  readonly exitCode: number;
  /** Filled by the pipeline: "3 of 7 changes applied; nothing half-done". */
  state = 'nothing was changed';
  /** The run that it ended, where that had written to the log: what it applied can be taken back by this id. */
  runId?: string;

  constructor(code: C, context: ContextOf<C>, options?: { cause?: unknown; state?: string; exitCode?: number }) {
    const definition = errorDefinitions[code] as unknown as ErrorDefinition<ContextOf<C>>;
    super(definition.why(context), { cause: options?.cause });
    this.name = 'MigrateError';
    this.code = code;
    this.context = context;
    this.fix = definition.fix(context);
    this.exitCode = options?.exitCode ?? definition.exit;
    if (options?.state !== undefined) this.state = options.state;
  }
}
