import * as v from 'valibot';
import { MigrateError } from '../errors.ts';
import type { ChangeClass } from '../operations/change-class.ts';
import type { SqlByDialect } from '../schema/sql-by-dialect.ts';
import { parseByteSize } from './byte-size.ts';
import { allProblems, describeIssue, type Wording } from './describe-issue.ts';
import { parseDuration } from './duration.ts';
import { eachKey, isJson, isPlain, recordOf, strict, type Json } from './shapes.ts';

export type Severity = 'info' | 'warning' | 'danger';

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
  const result = v.safeParse(schema, given ?? {}, allProblems);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => describeIssue(issue, wording));
  throw new MigrateError('OPTIONS_INVALID', { file, problems });
}

const dialects = ['mysql', 'mariadb', 'postgresql', 'sqlite'] as const;
const changeClasses = [
  'additive',
  'widening',
  'rebuilding',
  'data-dependent',
  'destructive',
  'not-ours',
] as const satisfies readonly ChangeClass[];

const name = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const share = v.pipe(v.number(), v.minValue(0, 'must be 0 or more'), v.maxValue(1, 'must be 1 or less'));
const duration = v.pipe(
  v.string(),
  v.check((text) => parseDuration(text) !== undefined, 'must be a duration such as "30s" or "10m"'),
);
const milliseconds = v.pipe(
  duration,
  v.transform((text) => parseDuration(text) as number),
);
const bytes = v.pipe(
  v.string(),
  v.check((text) => parseByteSize(text) !== undefined, 'must be a size such as "100 MB"'),
  v.transform((text) => parseByteSize(text) as number),
);

const sqlTexts = strict(eachKey(dialects, v.optional(v.string())));
const sqlText = v.string('must be SQL, or an object with SQL for mysql, mariadb, postgresql, sqlite');
const sql: v.GenericSchema<SqlByDialect> = v.lazy((given) => (isPlain(given) ? sqlTexts : sqlText));

const oldName: v.GenericSchema<string | false> = v.lazy((given) =>
  typeof given === 'string' ? name : v.literal(false, 'must be the old name, or false for a new column'),
);
const backfills = {
  value: strict({ value: v.custom<Json>((value) => isJson(value), 'must be JSON') }),
  sql: strict({ sql }),
};
const backfill: v.GenericSchema<NonNullable<ColumnOptions['backfill']>> = v.lazy((given) => {
  if (isPlain(given) && 'value' in given) return backfills.value;
  return isPlain(given) && 'sql' in given
    ? backfills.sql
    : v.custom<never>(() => false, 'must be { value } or { sql }');
});

/** What may be said of a column, in the options and in an answers file. */
export const columnOptions = strict({ renamedFrom: v.optional(oldName), backfill: v.optional(backfill) });

const tableOptions = strict({
  renamedFrom: v.optional(name),
  partitionBy: v.optional(sql),
  columns: v.optional(recordOf(columnOptions)),
});

// What is undefined leaves the default as it is.
const policy = v.pipe(
  strict(eachKey(changeClasses, v.optional(v.picklist(['run', 'check', 'withhold'])))),
  v.transform((said) => Object.fromEntries(Object.entries(said).filter(([, decision]) => decision !== undefined))),
);

const trash: v.GenericSchema<NonNullable<MigrateOptions['trash']>> = v.lazy((given) =>
  isPlain(given) ? strict({ keep: duration }) : v.literal(false, 'must be false or { keep: "30d" }'),
);

const entries = {
  environment: v.optional(name),
  migrationUrl: v.optional(name),
  models: v.optional(v.picklist(['apply', 'plan']), 'apply'),
  migrations: v.optional(
    strict({
      glob: v.optional(v.array(v.string()), ['migrations/**/*.{ts,js,sql}']),
      lockFile: v.optional(name, 'migrations/schema.lock.json'),
    }),
    {},
  ),
  log: v.optional(strict({ table: v.optional(name, 'schema_versions'), schema: v.optional(name) }), {}),
  tables: v.optional(recordOf(tableOptions), {}),
  criticalQueries: v.optional(recordOf(sql), {}),
  verify: v.optional(
    v.pipe(
      strict({ passed: v.optional(share, 0.9), partial: v.optional(share, 0.7) }),
      v.check(({ passed, partial }) => partial <= passed, 'must not have `partial` above `passed`'),
    ),
    {},
  ),
  policy: v.optional(policy, {}),
  rebuildBelow: v.optional(bytes, '100 MB'),
  trash: v.optional(trash),
  backup: v.optional(strict({ folder: name, keyEnv: v.optional(name) })),
  rules: v.optional(recordOf(v.picklist(['info', 'warning', 'danger', 'off'])), {}),
  lock: v.optional(
    strict({
      wait: v.optional(milliseconds, '10m'),
      statementWait: v.optional(milliseconds, '60s'),
      buildWait: v.optional(milliseconds, '30s'),
    }),
    {},
  ),
};
const schema = strict(entries);

/** The keys of what may be said of a column, by their path. */
export const columnKeys: Wording['keys'] = {
  'tables.*.columns.*': ['renamedFrom', 'backfill'],
  'tables.*.columns.*.backfill': ['value', 'sql'],
};

const knownKeys: Wording['keys'] = {
  '': Object.keys(entries),
  migrations: ['glob', 'lockFile'],
  log: ['table', 'schema'],
  'tables.*': ['renamedFrom', 'partitionBy', 'columns'],
  ...columnKeys,
  'tables.*.partitionBy': dialects,
  'criticalQueries.*': dialects,
  verify: ['passed', 'partial'],
  policy: changeClasses,
  trash: ['keep'],
  backup: ['folder', 'keyEnv'],
  lock: ['wait', 'statementWait', 'buildWait'],
};

const wording: Wording = { keys: knownKeys, entry: 'option', whole: 'migrate' };
