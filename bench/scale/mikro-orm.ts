// Inspect and diff by MikroORM, in its own process after init and connect; its database was created by itself.
import * as core from '@mikro-orm/core';
import type { MikroORM as Orm } from '@mikro-orm/postgresql';
import { buildEntities } from './entities.ts';
import { connectionOf, readTask } from './target.ts';

const task = readTask();
const { MikroORM } = (await import(`@mikro-orm/${task.kind}`)) as { MikroORM: typeof Orm };
const orm = await MikroORM.init({ ...connectionOf(task), entities: buildEntities(task.count, core), logger: () => {} });
await orm.connect();
if (task.action === 'create') await orm.schema.create();
const start = performance.now();
const sql = await orm.schema.getUpdateSchemaSQL();
const ms = performance.now() - start;
const left = sql.split('\n').filter((line) => /^(?:create|alter|drop)/iu.test(line));
console.log(JSON.stringify({ ms, left }));
await orm.close(true);
