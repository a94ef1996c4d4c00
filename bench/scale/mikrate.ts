// Inspect and diff by mikrate's build, in its own process after init and connect; its database was created by itself.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as Core from '@mikro-orm/core';
import type { MikroORM as Orm } from '@mikro-orm/postgresql';
import type * as PinnedSession from '../../src/dialects/pinned-session.ts';
import type * as Dialects from '../../src/dialects/index.ts';
import type * as DialectModule from '../../src/dialects/dialect.ts';
import type * as Actual from '../../src/inspect/actual.ts';
import type * as Desired from '../../src/inspect/desired.ts';
import type * as Compare from '../../src/diff/compare.ts';
import type * as SchemaModule from '../../src/schema/schema.ts';
import { buildEntities } from './entities.ts';
import { connectionOf, readTask } from './target.ts';

const root = new URL('../../', import.meta.url);
const built = <Module>(path: string): Promise<Module> => import(new URL(`dist/${path}`, root).href) as Promise<Module>;
const { withPinnedSession } = await built<typeof PinnedSession>('dialects/pinned-session.js');
const { loadDialect } = await built<typeof Dialects>('dialects/index.js');
const { writeOperation } = await built<typeof DialectModule>('dialects/dialect.js');
const { openDesired, readDesired } = await built<typeof Desired>('inspect/desired.js');
const { readActual } = await built<typeof Actual>('inspect/actual.js');
const { compareSchemas } = await built<typeof Compare>('diff/compare.js');
const { emptySchema } = await built<typeof SchemaModule>('schema/schema.js');

const task = readTask();
// The copy of MikroORM that mikrate's build finds, not the benchmark's own.
const require = createRequire(new URL('package.json', root));
const core = (await import(pathToFileURL(require.resolve('@mikro-orm/core')).href)) as typeof Core;
const { MikroORM } = (await import(pathToFileURL(require.resolve(`@mikro-orm/${task.kind}`)).href)) as {
  MikroORM: typeof Orm;
};
const orm = await MikroORM.init({ ...connectionOf(task), entities: buildEntities(task.count, core), logger: () => {} });
const dialect = await loadDialect(task.kind);
await orm.connect();
await withPinnedSession(
  orm.em.getConnection().getClient(),
  () => {},
  async (session) => {
    if (task.action === 'create') {
      for (const table of Object.values(readDesired(orm, dialect).schema.tables)) {
        for (const { text, parameters } of writeOperation(dialect, { kind: 'createTable', table }, emptySchema))
          await session.run(text, parameters);
      }
    }
    const parts: Record<string, number> = {};
    const start = performance.now();
    await dialect.prepareSession(session);
    const desired = openDesired(orm, dialect);
    const actual = await readActual(session, dialect, desired);
    const read = performance.now() - start;
    parts['read'] = read;
    const { difference } = await compareSchemas({
      session,
      dialect,
      desired: desired.schema,
      actual,
      spellings: [],
      isOurs: () => true,
      renames: { tables: {}, columns: {} },
    });
    const ms = performance.now() - start;
    parts['compare'] = ms - read;
    const { changes, ...rest } = difference;
    const left = [
      ...changes.map((change) => JSON.stringify(change)),
      ...Object.values(rest).flatMap((found) => (Array.isArray(found) ? found.map((one) => JSON.stringify(one)) : [])),
    ];
    console.log(JSON.stringify({ ms, left, parts }));
  },
);
await orm.close(true);
