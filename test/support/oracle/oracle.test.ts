import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, databaseKinds } from '../databases.ts';
import type { DatabaseKind, TestDatabase } from '../databases.ts';
import { dumpAndRestore } from '../dump.ts';
import { proof } from '../proof.ts';
import { applyDecisions, compareOracles, readOracle, readOracleQuickly } from './index.ts';
import type { OracleDocument } from './index.ts';
import type { Edit, OracleCases } from './cases/case.ts';
import { mariadbCases, mysqlCases } from './cases/mysql.ts';
import { postgresqlCases } from './cases/postgresql.ts';
import { sqliteCases } from './cases/sqlite.ts';
import { decisions } from './spellings.ts';

const cases: { readonly [K in DatabaseKind]: OracleCases } = {
  sqlite: sqliteCases,
  postgresql: postgresqlCases,
  mariadb: mariadbCases,
  mysql: mysqlCases,
};

describe.each(databaseKinds)('%s', (kind) => {
  const { schema, seen, unseen } = cases[kind];
  let original: TestDatabase;
  let document: OracleDocument;
  let quickDocument: OracleDocument | undefined;

  beforeAll(async () => {
    original = await build(kind, schema);
    document = await readOracle(original);
    // Elsewhere it is the same reading.
    if (kind === 'postgresql') quickDocument = await readOracleQuickly(original);
  });
  afterAll(() => original.drop());

  const readAfter = async (edit: Edit): Promise<OracleDocument> => {
    const edited = await build(kind, applyEdit(schema, edit));
    const read = await readOracle(edited);
    if (quickDocument) await expectSeenQuickly(quickDocument, edited, compareOracles(document, read));
    await edited.drop();
    return read;
  };
  const differencesAfter = async (edit: Edit): Promise<string[]> => compareOracles(document, await readAfter(edit));
  /** Edits that no decision forgives. */
  const unforgiven = new Set<string>();

  test('has enough edits to prove anything', () => {
    expect(seen.length).toBeGreaterThanOrEqual(30);
    expect(unseen.length).toBeGreaterThanOrEqual(3);
  });

  test.each(seen.map((edit) => ({ name: edit[0], edit })))('sees: $name', async ({ edit }) => {
    const edited = await readAfter(edit);
    expect(compareOracles(document, edited)).not.toEqual([]);
    if (compareOracles(applyDecisions(document), applyDecisions(edited)).length > 0) unforgiven.add(edit[0]);
    proof('oracle sees a hand edit', kind);
  });

  test('forgives few of them where an upgraded database may keep its old self', () => {
    expect(unforgiven.size).toBeGreaterThanOrEqual(Math.max(30, seen.length - decisions[kind].length));
  });

  test.each(unseen.map((edit) => ({ name: edit[0], edit })))('does not see: $name', async ({ edit }) => {
    expect(await differencesAfter(edit)).toEqual([]);
  });

  test('takes a database for equal to a second one built from the same statements', async () => {
    expect(await differencesAfter(['no edit'])).toEqual([]);
  });

  test('takes a database for equal to one restored from its dump', async () => {
    const restored = await dumpAndRestore(original);
    expect(compareOracles(document, await readOracle(restored))).toEqual([]);
    await restored.drop();
  });

  test('tells in which table a line differs', async () => {
    const [name, ...texts] = seen[0] ?? [];
    const differences = await differencesAfter([String(name), ...texts]);
    expect(differences.every((line) => /users: only in the (first|second): .*'[Bb]crypt'/.test(line))).toBe(true);
  });
});

/** Of every edit: the quick reading sees a difference where the other does. */
async function expectSeenQuickly(
  before: OracleDocument,
  edited: TestDatabase,
  differences: readonly string[],
): Promise<void> {
  const quickly = compareOracles(before, await readOracleQuickly(edited));
  if (differences.length === 0) expect(quickly).toEqual([]);
  else expect(quickly).not.toEqual([]);
}

async function build(kind: DatabaseKind, sql: string): Promise<TestDatabase> {
  const database = await createDatabase(kind, { name: 'oracle' });
  await database.run(statementsOf(sql));
  return database;
}

/** Each statement ends at a `;` at the end of a line or before CREATE; those within a trigger or function do not. */
function statementsOf(sql: string): string[] {
  return sql
    .split(/;\s*(?=(?:CREATE|COMMENT|ALTER|INSERT|GRANT|SET sql_mode) |$)/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function applyEdit(schema: string, [name, ...texts]: Edit): string {
  let edited = schema;
  for (let index = 0; index < texts.length; index += 2) {
    const from = texts[index] ?? '';
    const places = edited.split(from);
    if (places.length !== 2)
      throw new Error(`Edit "${name}": ${JSON.stringify(from)} occurs ${places.length - 1} times, not once.`);
    edited = places.join(texts[index + 1]);
  }
  return edited;
}
