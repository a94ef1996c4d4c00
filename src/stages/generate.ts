import { MigrateError } from '../errors.ts';
import type { DesiredOn } from '../inspect/desired-everywhere.ts';
import { describeOperation, type Operation } from '../operations/index.ts';
import { buildPlan } from '../plan/build.ts';
import { describeBlocked } from '../plan/plan-file.ts';
import { composeMigration } from '../sequence/generated/compose-migration.ts';
import { connectedOperations, presumedOperations, type Wishes } from '../sequence/generated/difference-on.ts';
import { writeMigrationFile } from '../sequence/generated/write-migration-file.ts';
import { writeSqlFile } from '../sequence/generated/write-sql-file.ts';
import { splitLogTables } from './read-state.ts';
import { refuseIfBlocked } from './refuse.ts';
import type { Job } from './run.ts';
import { backfillsOf } from './backfills.ts';
import { renamesOf, type Survey } from './survey.ts';

/** The text of a generated file, and its changes in words. */
export interface GeneratedText {
  readonly text: string;
  readonly ending: string;
  readonly changes: readonly string[];
}

type Given = Pick<Job, 'dialect' | 'options' | 'log'>;

/**
 * What separates models and database as a file for all databases whose models are given; `undefined` where nothing does.
 * What policy would withhold is in it: a person reads the file before it runs. Throws PLAN_BLOCKED.
 */
export function generateMigration(
  job: Given,
  seen: Survey,
  { everywhere, description }: { readonly everywhere: readonly DesiredOn[]; readonly description: string },
): GeneratedText | undefined {
  refuseIfBlocked(seen.plan);
  const { changes } = seen.comparison.difference;
  if (changes.length === 0) return undefined;
  const wishes = wishesOf(job);
  const connected = connectedOperations({ dialect: job.dialect, desired: seen.desired.rest }, changes, wishes);
  // A product that cannot have these models at all is none that the project runs on.
  const others = everywhere.filter(
    ({ dialect, desired }) => dialect.name !== job.dialect.name && desired.problems.length === 0,
  );
  const sides = others.map(({ dialect, desired }) =>
    presumedOperations({ dialect, desired: splitLogTables(desired.schema, job.log.tables).rest }, connected, wishes),
  );
  return {
    text: writeMigrationFile(composeMigration(description, [connected, ...sides])),
    ending: '.ts',
    changes: connected.operations.map(describeOperation),
  };
}

/** The same difference as SQL of the connected database alone. Throws PLAN_BLOCKED. */
export function generateSql(job: Given, seen: Survey): GeneratedText | undefined {
  refuseIfBlocked(seen.plan);
  if (seen.comparison.difference.changes.length === 0) return undefined;
  const operations = wholePlan(job, seen);
  return {
    text: writeSqlFile(operations, seen.actual, job.dialect),
    ending: `.${job.dialect.name}.sql`,
    changes: operations.map(describeOperation),
  };
}

/** Every operation with what it moves out of its way, whatever policy says. */
function wholePlan({ dialect, options }: Given, seen: Survey): readonly Operation[] {
  const { steps, blocked } = buildPlan({
    dialect,
    server: seen.plan.server,
    database: seen.plan.database,
    release: seen.plan.release,
    desired: seen.desired.rest,
    actual: seen.actual,
    difference: seen.comparison.difference,
    estimates: {},
    backfillFor: backfillsOf({ options, dialect }),
    hasRows: () => true,
    withhold: () => undefined,
    problems: [],
  });
  // A value that empty tables do not need was asked for here only to have the backfills that the options give.
  const problems = blocked.filter(({ step }) => step !== undefined).map(describeBlocked);
  if (problems.length > 0) throw new MigrateError('PLAN_BLOCKED', { problems });
  return steps.map(({ operation }) => operation);
}

function wishesOf({ options }: Given): Wishes {
  return {
    renames: renamesOf({ options }),
    backfillFor: (name) => backfillsOf({ options, dialect: { name } }),
  };
}
