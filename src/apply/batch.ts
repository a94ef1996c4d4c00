import { spellings, type Spelling } from '../diff/expressions.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { EventDraft } from '../history/log.ts';
import { tablesOf, type Operation, type OperationKind } from '../operations/index.ts';
import { entryOf } from '../schema/entry-of.ts';
import { emptySchema } from '../schema/schema.ts';
import { attributeAdditions } from './attribute-additions.ts';
import { openSender, type Sender } from './open-sender.ts';
import type { StepContext } from './run-step.ts';
import { inTransaction } from './transaction.ts';

/**
 * Runs quick work in one transaction whose statements are sent many at once where the server takes them so, whose events are
 * written in one statement, and which looks at the touched tables once, at its end. For operations that `isQuick` knows,
 * where DDL is transactional.
 */
export async function inBatch(context: StepContext, work: () => Promise<void>): Promise<void> {
  await inTransaction(context, async () => {
    context.journal.hold();
    const batch: Batch = { touched: new Set(), sender: openSender(context) };
    context.batch = batch;
    try {
      await work();
      await batch.sender.finish();
      await writeSeen(context, batch);
    } catch (error) {
      await batch.sender.abandon();
      throw error;
    } finally {
      delete context.batch;
    }
  });
}

/** What the steps of one batch share. */
export interface Batch {
  /** Tables that the batch looks at once, at its end. */
  readonly touched: Set<string>;
  readonly sender: Sender;
}

/** True for an operation that changes the catalog alone, in a moment: many of them may share their locks. */
export function isQuick(operation: Operation, { traits }: Pick<Dialect, 'traits'>): boolean {
  if (traits.rebuilds.has(operation.kind) || !quickKinds.has(operation.kind)) return false;
  if (operation.kind !== 'addColumn') return true;
  const { nullable, default: value, generated, autoIncrement } = operation.column;
  // A computed default or value is written into every row.
  const isConstant = value === undefined ? nullable : 'value' in value;
  return isConstant && !generated && !autoIncrement;
}

const quickKinds: ReadonlySet<OperationKind> = new Set([
  'createNamespace',
  'createEnum',
  'createTable',
  'addColumn',
  'setDefault',
  'setComment',
]);

/** Looks at the touched tables and writes the events with what that tells of each. */
async function writeSeen(context: StepContext, { touched, sender }: Batch): Promise<void> {
  const { session, dialect, journal, schema } = context;
  const live = touched.size === 0 ? emptySchema : await dialect.inspect(session, { tables: [...touched] });
  const learned = new Map(
    Object.entries(live.tables).map(([name, found]) => {
      const wanted = entryOf(schema.tables, name);
      return [name, wanted ? spellings(wanted, found) : []] as const;
    }),
  );
  await journal.write((held) => {
    const drafts = held.map((draft) => ({ ...draft, sql: draft.sql.map(sender.timed) }));
    return drafts.some(isStatement)
      ? attributeAdditions(drafts, { before: schema, live: { ...live, views: {}, enums: {} }, lexis: dialect.lexis })
          .drafts
      : withSpellings(drafts, learned);
  });
  context.schema = { ...schema, tables: { ...schema.tables, ...live.tables } };
  context.spellings = [...context.spellings, ...[...learned.values()].flat()];
}

const isStatement = ({ operation }: EventDraft): boolean => operation?.kind === 'rawSql';

/** The last event about a table carries what was learned of it. */
function withSpellings(
  drafts: readonly EventDraft[],
  learned: ReadonlyMap<string, readonly Spelling[]>,
): readonly EventDraft[] {
  const last = new Map(
    drafts.flatMap(({ operation }, at) => (operation ? tablesOf(operation).map((name) => [name, at] as const) : [])),
  );
  return drafts.map((draft, at) => {
    const own = [...learned].flatMap(([name, spelled]) => (last.get(name) === at ? spelled : []));
    return own.length === 0 ? draft : { ...draft, expressions: own };
  });
}
