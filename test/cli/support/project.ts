import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { TestDatabase } from '../../support/databases.ts';
import { runCli, type CliRun } from '../../support/run-cli.ts';

/** A MikroORM project of a test's own, in the scratch folder of this repository, where its packages are found. */
export interface Project {
  readonly folder: string;
  /** Replaces the entities, as an edit of the models does. */
  writeModels(models: string): void;
  /** Runs `migrate` there. */
  migrate(
    database: Pick<TestDatabase, 'url'>,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<CliRun>;
}

const scratch = fileURLToPath(new URL('../../../.scratch', import.meta.url));

/** Makes a project from the text of its entities (`const entities = [...]`) and of its options; removed after the test. */
export function createProject(models: string, options = '{}'): Project {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'project-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const writeModels = (text: string): void =>
    writeFileSync(
      join(folder, 'mikro-orm.config.ts'),
      `import { defineEntity, p } from '@mikro-orm/core';\n${text}\nexport default { entities };\nexport const migrate = ${options};\n`,
    );
  writeModels(models);
  return {
    folder,
    writeModels,
    migrate: (database, args, env = {}) => runCli(database, args, { cwd: folder, env: { LOG_LEVEL: '', ...env } }),
  };
}

/** Two tables, the second with a foreign key to the first. */
export const library = `
const Author = defineEntity({ name: 'Author', tableName: 'author', properties: { id: p.integer().primary(), name: p.string().length(100) } });
const Book = defineEntity({ name: 'Book', tableName: 'book', properties: { id: p.integer().primary(), title: p.string().length(100), author: () => p.manyToOne(Author) } });
const entities = [Author, Book];`;

/** One table with the given columns besides its key. */
export function oneTable(columns: string): string {
  return `const Item = defineEntity({ name: 'Item', tableName: 'item', properties: { id: p.integer().primary(), ${columns} } });\nconst entities = [Item];`;
}
