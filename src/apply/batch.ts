import { setImmediate as nextTurn } from 'node:timers/promises';
import { spellings, type Spelling } from '../diff/expressions.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Chained, EventDraft } from '../history/chain.ts';
import { applyOperation, tablesOf } from '../operations/index.ts';
import { isSameData } from '../schema/canonical.ts';
import { entryOf } from '../schema/entry-of.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import { emptySchema, emptyTable, type Schema, type Table } from '../schema/schema.ts';
import { attributeAdditions, type Attributed } from './attribute-additions.ts';
import type { ServerClock } from './clock.ts';
import type { Draft } from './draft.ts';
import type { StepContext } from './run-step.ts';
import { sendStatements, type Sent } from './send-statements.ts';
import { inTransaction } from './transaction.ts';

/** What came of drafts. */
export interface DraftsRun {
  readonly sent: readonly Sent[];
  /** The database is as they took it to be then: what was drafted behind them holds. */
  readonly isAsDrafted: boolean;
  /** Tables that were not looked at. */
  readonly assumed: readonly string[];
}

/**
 * Runs what was drafted in one transaction: all statements, one look at the touched tables, all events in one statement.
 * On any error nothing of it is done.
 */
export async function runDrafts(drafts: readonly Draft[], context: StepContext): Promise<DraftsRun> {
  return inTransaction(context, async () => {
    const { dialect, schema: before, journal } = context;
    const statements = drafts.flatMap((draft) => draft.statements);
    const touched = new Set(drafts.flatMap((draft) => [...draft.touched]));
    const sending = sendStatements(statements, context);
    // The server is at it meanwhile; what goes wrong is thrown where its answer is needed.
    sending.catch(() => undefined);
    await nextTurn();
    const events = drafts.flatMap((draft) => draft.events);
    const areStatements = events.some(({ operation }) => operation?.kind === 'rawSql');
    const followed = areStatements ? undefined : await followWhile(sending, events, before);
    const sent = await sending;
    const looking = lookAt([...touched], context);
    looking.catch(() => undefined);
    await nextTurn();
    const chain = (drafted: readonly EventDraft[]): Chained => journal.chain(timed(drafted, sent, journal.clock));
    const plain = followed && chain(followed.events);
    const { tables } = await looking;
    const made =
      followed ?? attributeAdditions(events, { before, live: { ...emptySchema, tables }, lexis: dialect.lexis });
    const seen = see(tables, made);
    await journal.write(plain && seen === made ? plain : chain(seen.events));
    const respelled = seen.events.flatMap(({ expressions = [] }) => expressions);
    if (respelled.length > 0) context.spellings = [...context.spellings, ...respelled];
    context.schema = seen.schema;
    const isAsDrafted = Object.values(tables).every((table) => isAsExpected(table, made.schema, dialect.types));
    const assumed = drafts.flatMap((draft) => [...draft.assumed]).filter((name) => !touched.has(name));
    return { sent, isAsDrafted, assumed };
  });
}

/** Looks at tables that were assumed to be as expected. */
export async function lookAtTables(tables: readonly string[], context: StepContext): Promise<void> {
  if (tables.length === 0) return;
  const live = await lookAt(tables, context);
  context.schema = { ...context.schema, tables: { ...context.schema.tables, ...live.tables } };
}

async function lookAt(tables: readonly string[], { dialect, session }: StepContext): Promise<Schema> {
  return tables.length === 0 ? emptySchema : dialect.inspect(session, { tables });
}

/** The same as `follow`; whatever comes of it, a rollback comes behind what is being sent. */
async function followWhile(
  sending: Promise<unknown>,
  events: readonly EventDraft[],
  before: Schema,
): Promise<Attributed> {
  try {
    return follow(events, before);
  } catch (error) {
    await sending.catch(() => undefined);
    throw error;
  }
}

/** Events of operations with the schemas before and after each. */
function follow(events: readonly EventDraft[], before: Schema): Attributed {
  let schema = before;
  const followed = events.map((event) => {
    const { operation } = event;
    if (!operation) return event;
    const schemaBefore = fingerprint(schema);
    schema = applyOperation(schema, operation);
    return { ...event, schemaBefore, schemaAfter: fingerprint(schema) };
  });
  return { events: followed, schema };
}

/** The database names a primary key that has no name, and has words of its own for types; nothing that a draft may do depends on either. */
function isAsExpected(live: Table, { tables }: Schema, types: Dialect['types']): boolean {
  const wanted = entryOf(tables, live.name) ?? emptyTable(live.name);
  const columns = Object.entries(live.columns).map(([name, column]) => {
    const type = entryOf(wanted.columns, name)?.type;
    return [name, type && types.same(type, column.type) ? { ...column, type } : column] as const;
  });
  const isKey = isSameData(live.primaryKey?.columns, wanted.primaryKey?.columns);
  const { primaryKey } = isKey ? wanted : live;
  return isSameData({ ...live, columns: Object.fromEntries(columns), primaryKey }, wanted);
}

type Tables = Schema['tables'];

/** What was made, as the catalog has it: the last event says so. It is the same where the catalog says just what was expected. */
function see(live: Tables, made: Attributed): Attributed {
  const isSame = Object.values(live).every((table) => isSameData(entryOf(made.schema.tables, table.name), table));
  if (isSame) return made;
  const schema = { ...made.schema, tables: { ...made.schema.tables, ...live } };
  const events = withSpellings(made.events, learn(live, made.schema));
  const last = events.findLastIndex(({ schemaAfter }) => schemaAfter !== undefined);
  return { events: events.with(last, { ...(events[last] as EventDraft), schemaAfter: fingerprint(schema) }), schema };
}

/** How the catalog respelled what was written, by table. */
function learn(live: Tables, expected: Schema): ReadonlyMap<string, readonly Spelling[]> {
  return new Map(
    Object.entries(live).map(([name, found]) => {
      const wanted = entryOf(expected.tables, name);
      return [name, wanted ? spellings(wanted, found) : []] as const;
    }),
  );
}

/** Events with the times at which their statements ran. */
function timed(events: readonly EventDraft[], sent: readonly Sent[], clock: ServerClock): readonly EventDraft[] {
  let [place, end] = [0, sent[0]?.at ?? performance.now()];
  return events.map((event) => {
    const own = sent.slice(place, place + event.sql.length);
    const start = own[0]?.at ?? end;
    const last = own.at(-1);
    end = last ? last.at + last.ms : end;
    place += own.length;
    const sql = event.sql.map(({ text }, at) => ({ text, ...ranAs(own[at]) }));
    return { ...event, sql, startedAt: clock.at(start), finishedAt: clock.at(end) };
  });
}

function ranAs({ ms, rows }: Pick<Sent, 'ms' | 'rows'> = { ms: 0 }) {
  return { ms: Math.round(ms * 1000) / 1000, ...(rows !== undefined && { rows }) };
}

/** The last event about a table carries what was learned of it. */
function withSpellings(
  events: readonly EventDraft[],
  learned: ReadonlyMap<string, readonly Spelling[]>,
): readonly EventDraft[] {
  const last = new Map(
    events.flatMap(({ operation }, at) => (operation ? tablesOf(operation).map((name) => [name, at] as const) : [])),
  );
  return events.map((event, at) => {
    const own = [...learned].flatMap(([name, spelled]) => (last.get(name) === at ? spelled : []));
    return own.length === 0 ? event : { ...event, expressions: own };
  });
}
