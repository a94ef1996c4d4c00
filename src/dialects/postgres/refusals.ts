import type { Operation } from '../../operations/index.ts';
import type { Column, Index } from '../../schema/schema.ts';
import type { Refusal } from '../dialect.ts';

const manual = 'https://www.postgresql.org/docs/current';

/** What older servers cannot do of an operation, though this dialect can say it. */
export function refusal(operation: Operation): Refusal | undefined {
  const column = columnsOf(operation).find(({ generated }) => generated && !generated.stored);
  if (column)
    return before(
      18,
      `compute ${column.name} when it is read (generated, virtual)`,
      `${manual}/ddl-generated-columns.html`,
    );
  const index = indexesOf(operation).find(({ nullsNotDistinct }) => nullsNotDistinct);
  return (
    index && before(15, `treat NULLs as equal in a unique index (${index.name})`, `${manual}/sql-createindex.html`)
  );
}

function before(version: number, what: string, page: string): Refusal {
  const text = `select pg_catalog.current_setting('server_version') as version where pg_catalog.current_setting('server_version_num')::int < ${version * 10_000}`;
  return { what, manual: page, statement: { text } };
}

function columnsOf(operation: Operation): readonly Column[] {
  if (operation.kind === 'createTable') return Object.values(operation.table.columns);
  if (operation.kind === 'addColumn') return [operation.column];
  return operation.kind === 'changeGenerated' ? [operation.after] : [];
}

function indexesOf(operation: Operation): readonly Index[] {
  if (operation.kind === 'createTable') return operation.table.indexes;
  return operation.kind === 'addIndex' ? [operation.index] : [];
}
