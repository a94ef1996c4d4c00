import { tableKey, parseTableKey } from '../../schema/names.ts';
import type { Table } from '../../schema/schema.ts';
import { without } from '../../schema/edit.ts';
import type { Session } from '../session.ts';
import { withCleanUp } from '../with-clean-up.ts';
import { classifyError } from './errors.ts';
import { inspect } from './inspect.ts';
import { createTableStatements } from './table-sql.ts';

/**
 * Makes the table, empty, in the session's temporary schema, reads it back and rolls back. Types and functions resolve
 * as they do for the real table; names collide with nothing. `undefined` where the server refuses: no right to
 * temporary tables, a standby, or an expression that it does not take. The caller's transaction goes on as it was.
 */
export async function echo(session: Session, table: Table): Promise<Table | undefined> {
  const isInside = await isInTransaction(session);
  await session.run(isInside ? 'savepoint mikrate_echo' : 'begin');
  const ask = (): Promise<Table | undefined> =>
    readBack(session, table).catch((error: unknown) => {
      if (classifyError(error)?.answered === false) throw error;
      return undefined;
    });
  return withCleanUp(ask, async () => {
    await session.run(isInside ? 'rollback to savepoint mikrate_echo' : 'rollback');
    if (isInside) await session.run('release savepoint mikrate_echo');
  });
}

async function readBack(session: Session, table: Table): Promise<Table | undefined> {
  const { name } = parseTableKey(table.name);
  const temporary = tableKey(name, 'pg_temp');
  for (const { text } of createTableStatements(scratch(table, temporary), { temporary: true })) await session.run(text);
  const schema = await inspect(session, { namespaces: ['pg_temp'], tables: [temporary] });
  const found = schema.tables[temporary];
  return found && reportAs(table, found);
}

/** What has no expressions, or would touch the world, stays away. */
function scratch(table: Table, name: string): Table {
  const { partitioning, ...rest } = table;
  return {
    ...without(without(rest, 'storage'), 'comment'),
    name,
    foreignKeys: [],
    triggers: [],
    ...(partitioning && { partitioning: { ...partitioning, partitions: [] } }),
  };
}

/** The table as it was asked about, with the spellings that came back. */
function reportAs(table: Table, found: Table): Table {
  const partitioning = table.partitioning &&
    found.partitioning && { ...found.partitioning, partitions: table.partitioning.partitions };
  return {
    ...without(found, 'partitioning'),
    name: table.name,
    foreignKeys: table.foreignKeys,
    triggers: table.triggers,
    ...(partitioning && { partitioning }),
    ...(table.comment !== undefined && { comment: table.comment }),
    ...(table.storage && { storage: table.storage }),
  };
}

/** A transaction-local setting is still there in the next statement only within a transaction. */
async function isInTransaction(session: Session): Promise<boolean> {
  await session.query("select pg_catalog.set_config('mikrate.in_transaction', 'yes', true)");
  const [row] = await session.query<{ answer: string | null }>(
    "select pg_catalog.current_setting('mikrate.in_transaction', true) as answer",
  );
  return row?.answer === 'yes';
}
