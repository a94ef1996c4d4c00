import { objectNames } from '../history/object-names.ts';
import { isSameData } from '../schema/canonical.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';
import { findTables } from '../sequence/adopt/find-tables.ts';
import { foreignTools } from '../sequence/adopt/index.ts';
import { matchingModels } from './begin-run.ts';
import type { Run } from './run.ts';
import type { Survey } from './survey.ts';

/** Which part of a database is ours: all that was found, what matches the models, or nothing. */
export type Own = 'all' | 'models' | 'none';

/** The part of a database that becomes ours, where that is not so already. */
export interface Baseline {
  readonly own: Own;
  readonly schema: Schema;
}

/** The baseline to write; `undefined` where the log says the same, or has begun and nobody asks for another. */
export async function planBaseline(run: Run, seen: Survey, asked: Own | undefined): Promise<Baseline | undefined> {
  const { log, actual } = seen;
  if (log.head && asked === undefined) return undefined;
  if (!log.head && Object.keys(actual.tables).length === 0) return undefined;
  const own = asked ?? 'models';
  const schema = await partOf(run, seen, own);
  const isKnown = log.head !== undefined && isSameData(objectNames(schema), objectNames(log.owned));
  return isKnown ? undefined : { own, schema };
}

function partOf(run: Run, seen: Survey, own: Own): Schema | Promise<Schema> {
  if (own === 'none') return emptySchema;
  return own === 'models' ? matchingModels(run, seen) : withoutHistories(run, seen.actual);
}

/** The history of another tool stays that tool's: it would be dropped as a table that no model has. */
async function withoutHistories({ session, dialect }: Run, actual: Schema): Promise<Schema> {
  const foreign = new Set((await findTables(foreignTools, session, dialect)).map(({ key }) => key));
  return { ...actual, tables: Object.fromEntries(Object.entries(actual.tables).filter(([key]) => !foreign.has(key))) };
}
