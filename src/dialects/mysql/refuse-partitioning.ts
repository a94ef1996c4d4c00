import { identifierOf, tokenize } from '../../schema/expression.ts';
import { displayTable } from '../../schema/names.ts';
import type { Schema, Table } from '../../schema/schema.ts';
import { notSupported, type Flavor } from './flavor.ts';
import { lexis } from './quote.ts';

/** Refuses partitions for a table with foreign keys, at either end, or with a unique key that lacks a column of theirs. */
export function refusePartitioning(flavor: Flavor, table: Table, schema: Schema): void {
  if (!table.partitioning) return;
  const referring = Object.values(schema.tables).find(({ foreignKeys }) =>
    foreignKeys.some(({ references }) => references.table === table.name),
  );
  if (referring || table.foreignKeys.length > 0) {
    const keyed = displayTable(referring?.name ?? table.name);
    throw notSupported(
      flavor,
      `partition ${displayTable(table.name)} while ${keyed} has a foreign key that concerns it`,
      'partitioning',
    );
  }
  const words = tokenize(table.partitioning.by, lexis).map((token) => identifierOf(token)?.toLowerCase());
  const needed = Object.keys(table.columns).filter((name) => words.includes(name.toLowerCase()));
  const short = table.indexes.find(
    ({ unique, parts }) => unique && needed.some((name) => !parts.some(({ column }) => column === name)),
  );
  if (!short) return;
  const what = `partition ${displayTable(table.name)} by ${needed.join(', ')} beside the unique key ${short.name}`;
  throw notSupported(flavor, what, 'partitioning');
}
