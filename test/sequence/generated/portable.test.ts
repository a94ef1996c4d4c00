import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, databaseKinds, type DatabaseKind, type TestDatabase } from '../../support/databases.ts';
import { planDatabase } from '../../support/migrate.ts';
import { copyStates } from '../../upgrade/states/copy-states.ts';
import { checkSource } from './support/check-source.ts';
import { evaluate, operationsOn } from './support/evaluate.ts';
import { generateOn } from './support/generate.ts';
import type { GeneratedDefinition } from './support/mikrate.ts';
import { runOperations } from './support/run-operations.ts';

/** A database in the field, and one with nothing in it. */
const states = ['D', 'empty'] as const;
type State = (typeof states)[number];

const copies = {
  sqlite: copyStates('sqlite', { inmates: 1_200 }),
  postgresql: copyStates('postgresql', { inmates: 1_200 }),
  mariadb: copyStates('mariadb', { inmates: 1_200 }),
  mysql: copyStates('mysql', { inmates: 1_200 }),
};

afterAll(async () => {
  for (const kind of databaseKinds) await copies[kind].drop();
});

describe.each(states)('state %s', (state) => {
  describe.each(databaseKinds)('a file generated on %s', (kind) => {
    let text: string;
    let again: string;
    let definition: GeneratedDefinition;

    beforeAll(async () => {
      await withState(state, kind, async (database) => {
        text = (await generateOn(database))?.text ?? '';
        again = (await generateOn(database))?.text ?? '';
      });
      definition = await evaluate(text);
    });

    it('has the same bytes when it is generated again', () => {
      expect(again).toBe(text);
    });

    it.runIf(state === 'D')('is as the formatter, the linter and the compiler want it', () => {
      expect(checkSource(text)).toEqual([]);
    });

    it('says most things once', () => {
      const apart = definition.operations.filter((item) => item.kind === 'byDialect');
      expect(definition.operations.length).toBeGreaterThan(25);
      expect(apart.length).toBeLessThan(8);
    });

    it.each(databaseKinds)('leads a database of %s to the models, as far as it knows them', async (other) => {
      await withState(state, other, async (database) => {
        await runOperations(database, operationsOn(other, definition));
        const { plan } = await planDatabase(database);
        expect(plan).toMatchObject({ blocked: [], withheld: [] });
        const left = plan.steps.map(({ summary }) => summary);
        expect(left.filter((summary) => !isUnseen(summary, { state, from: kind, to: other }))).toEqual([]);
      });
    });
  });
});

async function withState(
  state: State,
  kind: DatabaseKind,
  work: (database: TestDatabase) => Promise<void>,
): Promise<void> {
  const database = state === 'empty' ? await createDatabase(kind) : (await copies[kind].copy(state)).database;
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

interface Way {
  readonly state: State;
  readonly from: DatabaseKind;
  readonly to: DatabaseKind;
}

const families: { readonly [kind in DatabaseKind]: string } = {
  mysql: 'mysql',
  mariadb: 'mysql',
  postgresql: 'postgresql',
  sqlite: 'sqlite',
};

/** What the models have on one database only, and indexes that another makes by itself, cannot be seen from there. */
function isUnseen(summary: string, { state, from, to }: Way): boolean {
  if (state === 'empty' || families[from] === families[to]) return false;
  const unseen =
    families[to] === 'mysql'
      ? /column inmates\.h |unique_inmate_hash|change type of inmates\.(?:mugshot|hold_reasons)/u
      : /unique_inmate_optimized|^add index (?:monitor_inmate_links|monitor_links|user_groups)_|change type of inmates\.hold_reasons/u;
  return unseen.test(summary);
}
