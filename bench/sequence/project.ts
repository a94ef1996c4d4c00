import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  linkPackages(folder);
  if (style === 'none') return folder;
  for (const [at, statement] of statements.entries()) {
    const name = `${String(at + 1).padStart(4, '0')}_${statement.operation.kind}`;
    const file = join(folder, 'migrations', `${name}${style === 'sql' ? '.sql' : '.js'}`);
    writeFileSync(file, style === 'sql' ? sqlFile(statement) : typedFile(name, statement));
  }
  return folder;
}

/** mikrate is a package of the project, as where it is installed. */
function linkPackages(folder: string): void {
  const packages = join(folder, 'node_modules');
  mkdirSync(packages);
  symlinkSync(join(root, 'node_modules/@mikro-orm'), join(packages, '@mikro-orm'));
  symlinkSync(root, join(packages, 'mikrate'));
}

type Statement = (typeof statements)[number];

function sqlFile({ sql, down }: Statement): string {
  return `-- migrate:up\n${sql};\n\n-- migrate:down\n${down};\n`;
}

function typedFile(description: string, { operation }: Statement): string {
  const definition = JSON.stringify({ description, operations: [operation] });
  return `import { defineMigration } from 'mikrate';\n\nexport default defineMigration(${definition});\n`;
}

const config = `export default async () => {
  const url = process.env.DATABASE_URL ?? '';
  const common = { entities: [], discovery: { warnWhenNoEntities: false } };
  if (!url.startsWith('postgres'))
    return { ...common, driver: (await import('@mikro-orm/sqlite')).SqliteDriver, dbName: url.replace(/^sqlite:/, '') };
  return { ...common, driver: (await import('@mikro-orm/postgresql')).PostgreSqlDriver, clientUrl: url };
};
`;
