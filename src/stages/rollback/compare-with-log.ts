import { compareSchemas } from '../../diff/compare.ts';
import { describeObject } from '../../diff/index.ts';
import type { EventPayload } from '../../history/event.ts';
import { describeOperation } from '../../operations/index.ts';
import { withoutVanished } from '../../diff/foreign-key-indexes.ts';
import type { RollbackPlan } from '../../plan/rollback-plan.ts';
import { isSameData } from '../../schema/canonical.ts';
import { sliceSchema } from '../../schema/edit.ts';
import { entryOf } from '../../schema/entry-of.ts';
import type { Schema } from '../../schema/schema.ts';
import { inspectApplication } from '../read-state.ts';
import type { Run } from '../run.ts';
import { schemaThen } from '../schema-then.ts';
import type { RollbackSurvey } from './plan-rollback.ts';

/** In what the touched tables differ from what the log says of the target version, in sentences; none where in nothing. */
export async function compareWithLog(
  run: Run,
  { plan, payloads, log, reachesTarget, tables: planned, actual }: RollbackSurvey,
): Promise<readonly string[]> {
  if (!reachesTarget) return [];
  const { session, dialect } = run;
  const live = await inspectApplication(run);
  const then = await schemaThen(upTo(plan, payloads), run.events);
  const tables = [...planned, ...changedTables(actual, live)];
  const { difference } = await compareSchemas({
    session,
    dialect,
    desired: withoutImplied(sliceOf(then, tables), live, run),
    actual: sliceOf(live, tables),
    spellings: log.spellings,
    isOurs: () => true,
    renames: { tables: {}, columns: {} },
  });
  return [...difference.changes.map(describeOperation), ...difference.notOurs.map(describeObject)];
}

function upTo({ target }: RollbackPlan, payloads: readonly EventPayload[]): readonly EventPayload[] {
  return payloads.filter(({ version }) => version <= target);
}

/** What SQL or code of an author's touched is known only afterwards. */
function changedTables({ tables: before }: Schema, { tables: after }: Schema): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSameData(entryOf(before, name), entryOf(after, name)));
}

function sliceOf(schema: Schema, tables: readonly string[]): Schema {
  return { tables: sliceSchema(schema, tables).tables, views: {}, enums: {} };
}

/** Indexes that the server takes away by itself are missed by nobody. */
function withoutImplied(schema: Schema, live: Schema, { dialect }: Run): Schema {
  if (!dialect.traits.impliedForeignKeyIndexes) return schema;
  const tables = Object.entries(schema.tables).map(
    ([name, table]) => [name, withoutVanished(table, entryOf(live.tables, name))] as const,
  );
  return { ...schema, tables: Object.fromEntries(tables) };
}
