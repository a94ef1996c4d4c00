import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { statements } from './statements.js';

const root = join(import.meta.dirname, '../..');

export type Style = 'none' | 'typed' | 'sql';

/** A project without models whose thousand migrations are of one style; `none` has none. Its folder. */
export function makeProject(work: string, style: Style): string {
  const folder = join(work, 'sequence', style);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'migrations'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'mikro-orm.config.js'), config);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  if (style === 'none') return folder;
  for (const [at, statement] of statements.entries()) {
    const name = `${String(at + 1).padStart(4, '0')}_${statement.operation.kind}`;
    const file = join(folder, 'migrations', `${name}${style === 'sql' ? '.sql' : '.js'}`);
    writeFileSync(file, style === 'sql' ? sqlFile(statement) : typedFile(name, statement));
  }
  return folder;
}

type Statement = (typeof statements)[number];

function sqlFile({ sql, down }: Statement): string {
  return `-- migrate:up\n${sql};\n\n-- migrate:down\n${down};\n`;
}

function typedFile(description: string, { operation }: Statement): string {
  const from = pathToFileURL(join(root, 'dist/index.js')).href;
  const definition = JSON.stringify({ description, operations: [operation] });
  return `import { defineMigration } from '${from}';\n\nexport default defineMigration(${definition});\n`;
}

const config = `export default async () => {
  const url = process.env.DATABASE_URL ?? '';
  const common = { entities: [], discovery: { warnWhenNoEntities: false } };
  if (!url.startsWith('postgres'))
    return { ...common, driver: (await import('@mikro-orm/sqlite')).SqliteDriver, dbName: url.replace(/^sqlite:/, '') };
  return { ...common, driver: (await import('@mikro-orm/postgresql')).PostgreSqlDriver, clientUrl: url };
};
`;
