import type { Kysely } from 'kysely';

/** Told of what somebody else's code sends on the pinned connection while the run has no transaction open. */
export interface WriteWatch {
  /** Before a statement, or with none before a transaction of the code's begins. What it throws stops both. */
  before(sql?: string): Promise<void>;
  /** Once a statement has run, `within` a transaction that may still be given up or not. */
  ran(sql: string, within: boolean): void;
  /** Before a transaction of the code's is committed. */
  committing(): void;
}

interface Executor {
  executeQuery(query: Query, options?: unknown): Promise<unknown>;
  stream(query: Query, ...rest: readonly unknown[]): AsyncIterable<unknown>;
}

interface Query {
  readonly sql: string;
}

type KyselyClass = new (parts: Record<'config' | 'driver' | 'dialect' | 'executor', object>) => Kysely<unknown>;

/** The same connection, each of whose statements the watch hears of: those of builders and of `executeQuery` alike. */
export function watchWrites(context: Kysely<unknown>, watch: WriteWatch, within: boolean): Kysely<unknown> {
  const executor = watchExecutor(context.getExecutor(), watch, within);
  // Kysely's own constructor for instances that share an executor; its other parts open connections, which this is one of.
  return new (context.constructor as KyselyClass)({ config: {}, driver: {}, dialect: {}, executor });
}

function watchExecutor<Given extends object>(given: Given, watch: WriteWatch, within: boolean): Given {
  const executor = given as Given & Executor;
  const members: Executor = {
    executeQuery: async (query, options) => {
      if (!within) await watch.before(query.sql);
      const result = await executor.executeQuery(query, options);
      watch.ran(query.sql, within);
      return result;
    },
    async *stream(query, ...rest) {
      if (!within) await watch.before(query.sql);
      yield* executor.stream(query, ...rest);
      watch.ran(query.sql, within);
    },
  };
  return new Proxy(given, {
    get: (target, key) => {
      if (Object.hasOwn(members, key)) return members[key as keyof Executor];
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...given: readonly unknown[]) => unknown;
      // `withPlugin` and its like give another executor on the same connection.
      if (!String(key).startsWith('with')) return method;
      return (...rest: readonly unknown[]) => watchExecutor(method(...rest) as object, watch, within);
    },
  });
}
