import { setImmediate } from 'node:timers/promises';
import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import type { Schema } from '../schema/schema.ts';
import type { DesiredSchema } from './desired.ts';

/** The database as it is. While the server reads its catalogs, this process reads the models. */
export async function readActual(session: Session, dialect: Dialect, models: DesiredSchema): Promise<Schema> {
  const [actual, desired] = await Promise.allSettled([
    dialect.inspect(session, { namespaces: models.namespaces }),
    // The question has to leave before this process is busy.
    setImmediate().then(() => models.schema),
  ]);
  if (actual.status === 'rejected') throw actual.reason;
  if (desired.status === 'rejected') throw desired.reason;
  return actual.value;
}
