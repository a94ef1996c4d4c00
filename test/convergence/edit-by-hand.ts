import type { TestDatabase } from '../support/databases.ts';
import { quoteName } from '../support/connections/quote.ts';
import type { Replacement } from './cases/case.ts';

/** Changes a database behind the tool's back, over a connection of the test's own. */
export async function editByHand(database: TestDatabase, edit: readonly string[] | Replacement): Promise<void> {
  if (isStatements(edit)) await database.run(edit);
  else await replaceText(database, edit);
}

/** Makes an empty SQLite table again from its changed text, with its indexes. */
async function replaceText(database: TestDatabase, { object, from, to }: Replacement): Promise<void> {
  const rows = await database.query(
    'select type, sql from sqlite_master where tbl_name = ? and sql is not null order by rowid',
    [object],
  );
  const statements = rows.map(({ type, sql }) => (type === 'table' ? replaceOnce(String(sql), from, to) : String(sql)));
  await database.run([`drop table ${quoteName('sqlite', object)}`, ...statements]);
}

function replaceOnce(text: string, from: string, to: string): string {
  const at = text.toLowerCase().indexOf(from.toLowerCase());
  if (at < 0) throw new Error(`${JSON.stringify(from)} does not stand in: ${text}`);
  return text.slice(0, at) + to + text.slice(at + from.length);
}

function isStatements(edit: readonly string[] | Replacement): edit is readonly string[] {
  return Array.isArray(edit);
}
