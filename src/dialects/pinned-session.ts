import type { CompiledQuery, Kysely } from 'kysely';
import type { Statement } from './dialect.ts';
import type { Session } from './session.ts';

/** The connection of a pinned session, as MikroORM's transaction context. */
export type Pinned = Kysely<unknown>;

/** Told of each statement that was sent: its text, milliseconds, changed rows where known, and whether the database refused it. */
export type OnStatement = (statement: {
  readonly sql: string;
  readonly ms: number;
  readonly rows?: number;
  readonly isRefused?: true;
}) => void;

/** Keeps one connection of MikroORM's pool for as long as `work` runs. The Kysely instance is MikroORM's transaction context. */
export async function withPinnedSession<Result>(
  client: Kysely<unknown>,
  onStatement: OnStatement,
  work: (session: Session, context: Kysely<unknown>) => Promise<Result>,
): Promise<Result> {
  return client.connection().execute((context) => work(sessionOver(context, onStatement), context));
}

/** Runs a statement that nobody is told of. */
export async function runUntold(context: Pinned, { text, parameters = [] }: Statement): Promise<void> {
  await context.executeQuery(rawQuery(text, parameters));
}

function sessionOver(context: Kysely<unknown>, onStatement: OnStatement): Session {
  const execute = async (sql: string, parameters: readonly unknown[]) => {
    const start = performance.now();
    const result = await context
      .executeQuery<Record<string, unknown>>(rawQuery(sql, parameters))
      .catch((error: unknown) => {
        onStatement({ sql, ms: performance.now() - start, isRefused: true });
        throw error;
      });
    const rows = result.numAffectedRows === undefined ? undefined : Number(result.numAffectedRows);
    onStatement({ sql, ms: performance.now() - start, ...(rows !== undefined && { rows }) });
    return { result, rows };
  };
  return {
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
      (await execute(sql, parameters)).result.rows as unknown as Row[],
    run: async (sql, parameters = []) => {
      const { rows } = await execute(sql, parameters);
      return rows === undefined ? {} : { rows };
    },
  };
}

/** What Kysely makes of raw SQL, written out so that the types of its package are all we need of it. */
function rawQuery(sql: string, parameters: readonly unknown[]): CompiledQuery<Record<string, unknown>> {
  const node = { kind: 'RawNode', sqlFragments: [sql], parameters: [] } as const;
  return { sql, parameters, query: node, queryId: { queryId: String((queries += 1)) } };
}

let queries = 0;
