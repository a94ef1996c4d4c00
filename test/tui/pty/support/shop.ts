import { onTestFinished } from 'vitest';
import { createProject, type Project } from '../../../cli/support/project.ts';
import { createDatabase, type DatabaseKind, type TestDatabase } from '../../../support/databases.ts';

/** The models of a shop as they were, with columns besides `id` and `name`. */
function authorWith(columns: string): string {
  return `const Author = defineEntity({ name: 'Author', tableName: 'author', properties: { id: p.integer().primary(), ${columns} } });`;
}

const name = `name: p.string().length(100)`;
const nickname = `nickname: p.string().length(40).nullable()`;
const born = `born: p.integer().nullable()`;

/** The models of the shop: as an older release had them, and what newer ones make of them. */
export const shop = {
  old: `${authorWith(`${name}, ${nickname}, ${born}`)}\nconst entities = [Author];`,
  /** A table, a column and an index more. */
  grown: `
${authorWith(`${name}, ${nickname}, ${born}, email: p.string().length(200).nullable().index('author_email')`)}
const Book = defineEntity({ name: 'Book', tableName: 'book', properties: { id: p.integer().primary(), title: p.string().length(100), author: () => p.manyToOne(Author) } });
const entities = [Author, Book];`,
  /** `name` is called `full_name`. */
  renamed: `${authorWith(`fullName: p.string().length(100).fieldName('full_name'), ${nickname}, ${born}`)}\nconst entities = [Author];`,
  /** A column that must not be NULL comes. */
  stricter: `${authorWith(`${name}, ${nickname}, ${born}, rank: p.smallint()`)}\nconst entities = [Author];`,
  /** `nickname` and `born` go. */
  shrunk: `${authorWith(name)}\nconst entities = [Author];`,
} as const;

export interface OldShop {
  readonly project: Project;
  readonly database: TestDatabase;
  /** The rows of the authors, by id. */
  authors(): Promise<Record<string, unknown>[]>;
  /** The exit code of `plan --exit-code`: 0 where nothing is left to do. */
  pending(): Promise<number>;
}

/** A database that an older release migrated, with two authors in it, and the project as it is now. */
export async function openOldShop(kind: DatabaseKind, now: string, options?: string): Promise<OldShop> {
  const database = await createDatabase(kind, { name: 'shop' });
  onTestFinished(() => database.drop());
  const project = createProject(shop.old, options);
  const first = await project.migrate(database, ['--ci']);
  if (first.exit !== 0) throw new Error(first.stderr);
  await database.run([
    `insert into author (id, name, nickname, born) values (1, 'Ursula', 'U', 1929)`,
    `insert into author (id, name, nickname, born) values (2, 'Italo', null, 1923)`,
  ]);
  project.writeModels(now);
  return {
    project,
    database,
    authors: () => database.query('select * from author order by id'),
    pending: async () => (await project.migrate(database, ['plan', '--exit-code'])).exit,
  };
}
