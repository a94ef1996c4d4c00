import { createDatabase } from '../../support/databases.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { buildState } from './index.ts';
import type { BuiltState, StateName, StateSize } from './index.ts';

/** A database of its own in one of the states. */
export interface StateCopy {
  readonly database: TestDatabase;
  readonly built: BuiltState;
}

/** Databases in the field, each filled once and copied for every test: its files where that can be, else its rows. */
export interface StateCopies {
  copy(name: StateName): Promise<StateCopy>;
  /** Drops what was built, not the copies. */
  drop(): Promise<void>;
}

export function copyStates(kind: DatabaseKind, size: StateSize = {}): StateCopies {
  const originals = new Map<StateName, Promise<StateCopy>>();
  return {
    async copy(name) {
      const original = originals.get(name) ?? build(kind, name, size);
      originals.set(name, original);
      const { database, built } = await original;
      if (kind === 'postgresql' || kind === 'sqlite')
        return { database: await createDatabase(kind, { copyOf: database }), built };
      return build(kind, name, { ...size, rowsOf: database });
    },
    async drop() {
      for (const original of originals.values()) await (await original).database.drop();
    },
  };
}

async function build(kind: DatabaseKind, name: StateName, size: StateSize): Promise<StateCopy> {
  const database = await createDatabase(kind);
  return { database, built: await buildState(name, database, size) };
}
