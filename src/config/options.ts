import { z } from 'zod';
import { MigrateError } from '../errors.ts';
import type { ChangeClass } from '../operations/change-class.ts';
import type { SqlByDialect } from '../schema/sql-by-dialect.ts';
import { parseByteSize } from './byte-size.ts';
import { describeIssue, type Wording } from './describe-issue.ts';
import { parseDuration } from './duration.ts';

export type Severity = 'info' | 'warning' | 'danger';
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * `export const migrate`, beside the default export of mikro-orm.config.ts. Everything is optional. Durations are text such
 * as `500 ms`, `30s`, `10m`, `2d`, sizes text such as `100 MB` (1024 a step). Anything unknown ends with OPTIONS_INVALID.
 */
export interface MigrateOptions {
  /** `production` refuses models that were changed since `migrate lock` (RELEASE_UNLOCKED); any other word does not. */
  readonly environment?: string | undefined;
  /** Used instead of the application's URL for migrations: another user, or the address behind a pooler. */
  readonly migrationUrl?: string | undefined;
  /** `plan` applies nothing that the models ask for: a run that finds a difference ends with CHANGES_PENDING (`apply`). */
  readonly models?: 'apply' | 'plan' | undefined;
  /** `lockFile`: the file of `migrate lock`, from the config's folder (`migrations/schema.lock.json`). `glob` is reserved. */
  readonly migrations?:
    | { readonly glob?: readonly string[] | undefined; readonly lockFile?: string | undefined }
    | undefined;
  /** Name (`schema_versions`) and namespace of the log's table; the two beside it are named after it. */
  readonly log?: { readonly table?: string | undefined; readonly schema?: string | undefined } | undefined;
  /** What the models cannot say of a table, by its name in the database. */
  readonly tables?: Readonly<Record<string, TableOptions>> | undefined;
  /** Queries by name that must work after each run, besides one for each table and foreign key. They cannot write. */
  readonly criticalQueries?: Readonly<Record<string, SqlByDialect>> | undefined;
  /** Shares of passed queries, 0 to 1, from which the verdict is PASSED (0.9) or PARTIAL (0.7). */
  readonly verify?: { readonly passed?: number | undefined; readonly partial?: number | undefined } | undefined;
  /**
   * What may run unattended, by class. `withhold` lists a change and does not run it; `run` and `check` both run what the
   * rows allow. Destructive changes are withheld whatever stands here.
   */
  readonly policy?: { readonly [change in ChangeClass]?: 'run' | 'check' | 'withhold' | undefined } | undefined;
  /** Tables below this size may be rewritten unattended (`100 MB`). */
  readonly rebuildBelow?: string | undefined;
  /** Reserved, as `backup` and `rules`: read and checked, without effect in this version. */
  readonly trash?: { readonly keep: string } | false | undefined;
  readonly backup?: { readonly folder: string; readonly keyEnv?: string | undefined } | undefined;
  readonly rules?: Readonly<Record<string, Severity | 'off'>> | undefined;
  /**
   * How long to wait: `wait` for another migration (`10m`), `statementWait` for others who use a table (`60s`).
   * `buildWait` is reserved.
   */
  readonly lock?:
    | {
        readonly wait?: string | undefined;
        readonly statementWait?: string | undefined;
        readonly buildWait?: string | undefined;
      }
    | undefined;
}

export interface TableOptions {
  /** The table's old name; without effect once it is gone. */
  readonly renamedFrom?: string | undefined;
  /** The partitions that the table is to have, as SQL after `partition by`. */
  readonly partitionBy?: SqlByDialect | undefined;
  readonly columns?: Readonly<Record<string, ColumnOptions>> | undefined;
}

export interface ColumnOptions {
  /** The column's old name, or `false` to say that it is new where a dropped one of its type might be meant. */
  readonly renamedFrom?: string | false | undefined;
  /** What rows get whose column is NULL and must not be; a value, or an expression over the row. */
  readonly backfill?: { readonly value: Json } | { readonly sql: SqlByDialect } | undefined;
}

/** The options with every default filled in; durations in milliseconds, sizes in bytes. */
export interface ResolvedOptions extends Omit<
  MigrateOptions,
  | 'models'
  | 'migrations'
  | 'log'
  | 'tables'
  | 'criticalQueries'
  | 'verify'
  | 'policy'
  | 'rebuildBelow'
  | 'rules'
  | 'lock'
> {
  readonly models: 'apply' | 'plan';
  readonly migrations: { readonly glob: readonly string[]; readonly lockFile: string };
  readonly log: { readonly table: string; readonly schema?: string | undefined };
  readonly tables: Readonly<Record<string, TableOptions>>;
  readonly criticalQueries: Readonly<Record<string, SqlByDialect>>;
  readonly verify: { readonly passed: number; readonly partial: number };
  readonly policy: { readonly [change in ChangeClass]?: 'run' | 'check' | 'withhold' | undefined };
  readonly rebuildBelow: number;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly lock: { readonly wait: number; readonly statementWait: number; readonly buildWait: number };
}

/** The validated options with their defaults. Throws OPTIONS_INVALID with all problems at once, each with the right spelling. */
export function readOptions(given: unknown, file: string): ResolvedOptions {
  const result = schema.safeParse(given ?? {});
  if (!result.success)
    throw new MigrateError('OPTIONS_INVALID', {
      file,
      problems: result.error.issues.flatMap((issue) => describeIssue(issue, wording)),
    });
  return result.data;
}

const dialects = ['mysql', 'mariadb', 'postgresql', 'sqlite'] as const;
const sql = z.union(
  [z.string(), z.strictObject(Object.fromEntries(dialects.map((name) => [name, z.string().optional()])))],
  {
    error: 'must be SQL, or an object with SQL for mysql, mariadb, postgresql, sqlite',
  },
);
const duration = z
  .string()
  .transform((text, context) => orIssue(parseDuration(text), context, 'must be a duration such as "30s" or "10m"'));
const byteSize = z
  .string()
  .transform((text, context) => orIssue(parseByteSize(text), context, 'must be a size such as "100 MB"'));
const share = z.number().min(0).max(1);
const name = z.string().min(1);
const changeClass = z.enum([
  'additive',
  'widening',
  'rebuilding',
  'data-dependent',
  'destructive',
  'not-ours',
] satisfies ChangeClass[]);

/** What may be said of a column, in the options and in an answers file. */
export const columnOptions = z.strictObject({
  renamedFrom: z
    .union([name, z.literal(false)], { error: 'must be the old name, or false for a new column' })
    .optional(),
  backfill: z
    .union([z.strictObject({ value: z.json() }), z.strictObject({ sql })], { error: 'must be { value } or { sql }' })
    .optional(),
});

const schema = z.strictObject({
  environment: name.optional(),
  migrationUrl: name.optional(),
  models: z.enum(['apply', 'plan']).default('apply'),
  migrations: z
    .strictObject({
      glob: z.array(z.string()).default(['migrations/**/*.{ts,js,sql}']),
      lockFile: name.default('migrations/schema.lock.json'),
    })
    .prefault({}),
  log: z.strictObject({ table: name.default('schema_versions'), schema: name.optional() }).prefault({}),
  tables: z
    .record(
      z.string(),
      z.strictObject({
        renamedFrom: name.optional(),
        partitionBy: sql.optional(),
        columns: z.record(z.string(), columnOptions).optional(),
      }),
    )
    .default({}),
  criticalQueries: z.record(z.string(), sql).default({}),
  verify: z
    .strictObject({ passed: share.default(0.9), partial: share.default(0.7) })
    .prefault({})
    .refine(({ passed, partial }) => partial <= passed, '`partial` must not be above `passed`'),
  policy: z.partialRecord(changeClass, z.enum(['run', 'check', 'withhold'])).default({}),
  rebuildBelow: byteSize.prefault('100 MB'),
  trash: z
    .union(
      [z.literal(false), z.strictObject({ keep: z.string().refine((text) => parseDuration(text) !== undefined) })],
      { error: 'must be false or { keep: "30d" }' },
    )
    .optional(),
  backup: z.strictObject({ folder: name, keyEnv: name.optional() }).optional(),
  rules: z.record(z.string(), z.enum(['info', 'warning', 'danger', 'off'])).default({}),
  lock: z
    .strictObject({
      wait: duration.prefault('10m'),
      statementWait: duration.prefault('60s'),
      buildWait: duration.prefault('30s'),
    })
    .prefault({}),
});

/** The keys of what may be said of a column, by their path. */
export const columnKeys: Wording['keys'] = {
  'tables.*.columns.*': ['renamedFrom', 'backfill'],
  'tables.*.columns.*.backfill': ['value', 'sql'],
};

const knownKeys: Wording['keys'] = {
  '': Object.keys(schema.shape),
  migrations: ['glob', 'lockFile'],
  log: ['table', 'schema'],
  'tables.*': ['renamedFrom', 'partitionBy', 'columns'],
  ...columnKeys,
  'tables.*.partitionBy': dialects,
  'criticalQueries.*': dialects,
  verify: ['passed', 'partial'],
  policy: changeClass.options,
  trash: ['keep'],
  backup: ['folder', 'keyEnv'],
  lock: ['wait', 'statementWait', 'buildWait'],
};

const wording: Wording = { keys: knownKeys, entry: 'option', whole: 'migrate' };

function orIssue<T>(value: T | undefined, context: z.RefinementCtx, message: string): T {
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
