import type { Dialect, Statement } from '../dialects/dialect.ts';
import { readOnly } from '../dialects/read-only.ts';
import { retryWhileLocked } from '../dialects/retry-while-locked.ts';
import type { Session } from '../dialects/session.ts';
import { MigrateError } from '../errors.ts';
import type { Emit } from '../events/emitter.ts';
import { displayTable } from '../schema/names.ts';
import type { Schema } from '../schema/schema.ts';
import { sqlFor, type SqlByDialect } from '../schema/sql-by-dialect.ts';

/** A query that must work after a run. */
export interface CriticalQuery {
  readonly name: string;
  readonly statement: Statement;
}

/** What the critical queries showed. */
export interface Verification {
  readonly verdict: 'PASSED' | 'PARTIAL' | 'FAILED';
  readonly passed: number;
  readonly total: number;
  readonly failed: readonly { readonly name: string; readonly message: string }[];
}

/** The configured queries, and one per entity (all its columns) and relation (the join). */
export function criticalQueries(
  configured: Readonly<Record<string, SqlByDialect>>,
  desired: Schema,
  dialect: Dialect,
): CriticalQuery[] {
  const own = Object.entries(configured).flatMap(([name, sql]) => {
    const text = sqlFor(dialect.name, sql);
    return text === undefined ? [] : [{ name, statement: { text } }];
  });
  const derived = Object.values(desired.tables).flatMap((table) => [
    {
      name: `entity ${displayTable(table.name)}`,
      statement: dialect.queries.selectColumns(table.name, Object.keys(table.columns)),
    },
    ...table.foreignKeys.map((key) => ({
      name: `relation ${displayTable(table.name)} (${key.columns.join(', ')}) → ${displayTable(key.references.table)}`,
      statement: dialect.queries.selectJoin(table.name, key),
    })),
  ]);
  return [...own, ...derived];
}

export interface VerifyContext {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Milliseconds to wait for tables that others keep for themselves. */
  readonly budget: number;
  readonly thresholds: { readonly passed: number; readonly partial: number };
}

/** Runs every query so that it cannot write, and gives the verdict by the share that passed. */
export async function runCriticalQueries(
  queries: readonly CriticalQuery[],
  context: VerifyContext,
): Promise<Verification> {
  const failed: { name: string; message: string }[] = [];
  for (const query of queries) {
    const message = await runQuery(query, context);
    if (message !== undefined) failed.push({ name: query.name, message });
  }
  const total = queries.length;
  const passed = total - failed.length;
  const verdict = verdictOf(total === 0 ? 1 : passed / total, context.thresholds);
  context.emit({ kind: 'verified', verdict, passed, total });
  return { verdict, passed, total, failed };
}

function verdictOf(share: number, { passed, partial }: { passed: number; partial: number }): Verification['verdict'] {
  if (share >= passed) return 'PASSED';
  return share >= partial ? 'PARTIAL' : 'FAILED';
}

async function runQuery({ name, statement }: CriticalQuery, context: VerifyContext): Promise<string | undefined> {
  const { dialect, emit } = context;
  const start = performance.now();
  const { text, parameters } = statement;
  const ask = (): Promise<unknown> => context.session.query(text, parameters);
  const message = await retryWhileLocked(() => readOnly(context.session, dialect, ask), {
    ...context,
    tables: [],
    target: `what the query ${name} reads`,
  }).then(
    () => undefined,
    (error: unknown) => messageOfAnswer(error, dialect),
  );
  emit({
    kind: 'queryVerified',
    name,
    passed: message === undefined,
    ms: performance.now() - start,
    ...(message !== undefined && { message }),
  });
  return message;
}

/** Why the query failed. A lost connection says nothing about queries: it is thrown on. */
function messageOfAnswer(error: unknown, dialect: Dialect): string {
  const known = dialect.classifyError(error);
  if (known?.answered === false || (error instanceof MigrateError && error.code === 'INTERRUPTED')) throw error;
  return known?.message ?? (error instanceof Error ? error.message : String(error));
}
