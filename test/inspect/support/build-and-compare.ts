import { writeOperation, type Dialect } from '../../../src/dialects/dialect.ts';
import { loadDialect } from '../../../src/dialects/index.ts';
import type { Session } from '../../../src/dialects/session.ts';
import { compareSchemas } from '../../../src/diff/compare.ts';
import type { DesiredSchema } from '../../../src/inspect/desired.ts';
import { applyOperation, describeOperation, type Operation } from '../../../src/operations/index.ts';
import { orderOperations } from '../../../src/plan/order.ts';
import { emptySchema, type Schema } from '../../../src/schema/schema.ts';
import { createDatabase, type DatabaseKind } from '../../support/databases.ts';
import { withSession } from '../../support/open-session.ts';

/** Builds a desired schema in an empty database and says what still differs afterwards: nothing, where all is well. */
export async function buildAndCompare(
  kind: DatabaseKind,
  read: (dialect: Dialect) => Promise<DesiredSchema>,
): Promise<readonly string[]> {
  const dialect = await loadDialect(kind);
  const desired = await read(dialect);
  const database = await createDatabase(kind);
  try {
    return await withSession(database, async (session) => {
      await dialect.prepareSession(session);
      await createNamespaces(session, dialect, desired.namespaces);
      await build(session, dialect, desired.schema);
      const scope = { namespaces: desired.namespaces };
      return differences(session, dialect, desired.schema, await dialect.inspect(session, scope));
    });
  } finally {
    await database.drop();
  }
}

async function createNamespaces(session: Session, dialect: Dialect, namespaces: readonly string[]): Promise<void> {
  for (const namespace of namespaces) await session.run(`create schema ${dialect.quote(namespace)}`);
}

async function build(session: Session, dialect: Dialect, desired: Schema): Promise<void> {
  let schema = emptySchema;
  const creations: readonly Operation[] = [
    ...Object.values(desired.enums).map((item): Operation => ({ kind: 'createEnum', enum: item })),
    ...Object.values(desired.tables).map((table): Operation => ({
      kind: 'createTable',
      table: { ...table, triggers: [] },
    })),
    ...Object.values(desired.tables).flatMap((table) =>
      table.triggers.map((trigger): Operation => ({ kind: 'createTrigger', table: table.name, trigger })),
    ),
    ...Object.values(desired.views).map((view): Operation => ({ kind: 'createView', view })),
  ];
  for (const operation of orderOperations(creations, desired, dialect.traits)) {
    for (const { text, parameters } of writeOperation(dialect, operation, schema))
      await runNamed(session, text, parameters);
    schema = applyOperation(schema, operation);
  }
}

async function runNamed(session: Session, text: string, parameters?: readonly unknown[]): Promise<void> {
  await session.run(text, parameters).catch((error: unknown) => {
    throw new Error(`${String((error as Error).message)}: ${text}`, { cause: error });
  });
}

async function differences(
  session: Session,
  dialect: Dialect,
  desired: Schema,
  actual: Schema,
): Promise<readonly string[]> {
  const { difference } = await compareSchemas({
    session,
    dialect,
    desired,
    actual,
    spellings: [],
    isOurs: () => false,
    renames: { tables: {}, columns: {} },
  });
  return [
    ...difference.changes.map((operation) => `${describeOperation(operation)} ${JSON.stringify(operation)}`),
    ...difference.notOurs.map((object) => `surplus ${JSON.stringify(object)}`),
  ];
}
