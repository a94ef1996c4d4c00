import type { Kysely } from 'kysely';
import type { Traits } from './dialect.ts';
import type { Session } from './session.ts';
import { watchWrites, type WriteWatch } from './watch-writes.ts';

/** What MikroORM asks of a transaction context for a transaction within it, as Kysely's controlled transactions have it. */
interface Nested {
  savepoint(name: string): Command;
  releaseSavepoint(name: string): Command;
  rollbackToSavepoint(name: string): Command;
}

interface Command {
  execute(): Promise<unknown>;
}

interface Around {
  readonly session: Session;
  readonly traits: Traits;
  /** True while the run itself has a transaction open. */
  isOpen(): boolean;
  readonly watch?: WriteWatch;
}

/**
 * The pinned connection as a transaction context in which `em.transactional` works: by a savepoint within a transaction,
 * by a transaction of its own where none is open.
 */
export function withSavepoints(context: Kysely<unknown>, around: Around): Kysely<unknown> {
  return nest(context, around, undefined);
}

function nest(context: Kysely<unknown>, around: Around, opened: 'savepoint' | 'transaction' | undefined) {
  const { session, traits, isOpen, watch } = around;
  const run = (sql: string): Command => ({ execute: () => session.run(sql) });
  const members: Nested & Record<string | symbol, unknown> = {
    savepoint: (name) => ({
      execute: async () => {
        const isWithin = opened !== undefined || isOpen();
        if (!isWithin) await watch?.before();
        await session.run(isWithin ? `savepoint ${name}` : traits.begin);
        return nest(context, around, isWithin ? 'savepoint' : 'transaction');
      },
    }),
    releaseSavepoint: (name) => {
      if (opened !== 'transaction') return run(`release savepoint ${name}`);
      watch?.committing();
      return run(traits.commit);
    },
    rollbackToSavepoint: (name) => run(opened === 'transaction' ? traits.rollback : `rollback to savepoint ${name}`),
  };
  return new Proxy(watch ? watchWrites(context, watch, opened !== undefined) : context, {
    get: (target, key) => {
      if (Object.hasOwn(members, key)) return members[key];
      const value = Reflect.get(target, key, target) as unknown;
      // Kysely keeps its state in private fields, which only the object itself can read.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    has: (target, key) => Object.hasOwn(members, key) || Reflect.has(target, key),
    // MikroORM notes depth and name on each context.
    set: (_target, key, value) => Reflect.set(members, key, value),
    defineProperty: (_target, key, descriptor) => Reflect.defineProperty(members, key, descriptor),
  });
}
