import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import type { Table } from '../../../src/schema/schema.ts';
import { comparable, createAll, inDatabase, schemaOf } from './cases.ts';
import { roundTripTables } from './round-trip-tables.ts';

/** What a server must report of what it was told to make. */
export function inspectCases(dialect: Dialect, own: readonly Table[]): void {
  describe(`${dialect.name}: inspection`, () => {
    test.each([...roundTripTables, ...own].map((table) => [table.name, table] as const))(
      'reads %s back as it was written',
      (_, table) =>
        inDatabase(dialect, async ({ session }) => {
          const others = roundTripTables.filter(({ name }) =>
            table.foreignKeys.some(({ references }) => references.table === name && name !== table.name),
          );
          await createAll(dialect, session, [...others, table]);
          const schema = await dialect.inspect(session, { tables: [table.name] });
          expect(comparable(schema)).toEqual(comparable(schemaOf([table])));
        }),
    );
  });
}
