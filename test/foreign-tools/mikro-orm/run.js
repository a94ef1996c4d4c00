// Brings the database to the first so many migrations: `node run.js 2`.
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { Migrator } from '@mikro-orm/migrations';

const url = new URL(process.env.DATABASE_URL);
const kind = url.protocol.slice(0, -1);
const { MikroORM } = await import(`@mikro-orm/${kind}`);
const folder = join(import.meta.dirname, 'migrations');
const names = readdirSync(folder).sort();
const orm = await MikroORM.init({
  ...(kind === 'sqlite' ? { dbName: url.pathname } : { clientUrl: url.href, dbName: url.pathname.slice(1) }),
  entities: [],
  discovery: { warnWhenNoEntities: false },
  extensions: [Migrator],
  migrations: { path: folder, snapshot: false, glob: '*.js' },
});
await orm.migrator.up({ to: parse(names[Number(process.argv[2]) - 1]).name });
await orm.close();
