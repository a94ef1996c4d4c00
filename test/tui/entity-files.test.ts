import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createDatabase } from '../support/databases.ts';
import { createEngineProject, itemOf } from './support/engine-project.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));

// In a process of its own: the test runner loads modules in its own way.
test('the file of an entity is found, though a module that gathers all of them exports it, too', async () => {
  const database = await createDatabase('sqlite', { name: 'origin' });
  const { folder, addFiles } = createEngineProject(database);
  const head = `import { defineEntity, p } from '@mikro-orm/core';\n`;
  addFiles({
    'src/models/item.ts': `${head}export ${itemOf('name: p.string()')}`,
    'src/models/other.ts': `${head}export class Other { id!: number; }
      export const OtherSchema = defineEntity({ class: Other, className: 'Other', tableName: 'other', properties: { id: p.integer().primary() } });`,
    'src/models/index.ts': `export * from './item.ts';\nexport * from './other.ts';`,
    'src/mikro-orm.config.ts': `import { Item, OtherSchema } from './models/index.ts';\nexport default { entities: [Item, OtherSchema] };`,
    'ask.ts': `import { createEngine } from '${source}/cli/tui-engine.ts';
      import { undecided } from '${source}/review/decisions.ts';
      const { signal } = new AbortController();
      const silent = () => {};
      const engine = createEngine({ cwd: import.meta.dirname, env: process.env, isTerminal: true, options: {}, writeOut: silent, writeErr: silent, signal });
      const files = [];
      for (let call = 0; call < 2; call += 1) {
        const { origins } = await engine.survey(undecided, { emit: silent, signal });
        files.push(Object.entries(origins).map(([table, { file }]) => [table, file]));
      }
      process.stdout.write(JSON.stringify(files));`,
  });
  const output = execFileSync(process.execPath, [join(folder, 'ask.ts')], {
    env: { ...process.env, DATABASE_URL: database.url },
    encoding: 'utf8',
  });
  const found = [
    ['item', 'models/item.ts'],
    ['other', 'models/other.ts'],
  ];
  expect(JSON.parse(output)).toEqual([found, found]);
  await database.drop();
});
