import type { EventRow } from '../../history/event.ts';
import { namespacesOfLog } from '../../history/log-namespaces.ts';
import { readPayload } from '../../history/state.ts';
import type { DesiredSchema } from '../../inspect/desired.ts';
import { emptySchema } from '../../schema/schema.ts';
import type { Run } from '../run.ts';

/** The run as if there were no models: what is to be looked at follows from the log alone. */
export function independentOfModels(run: Run, rows: readonly EventRow[]): Run {
  const { schema: ownNamespace } = run.log.tables;
  const found = new Set([
    ...namespacesOfLog(rows.map(readPayload)),
    ...(ownNamespace === undefined ? [] : [ownNamespace]),
  ]);
  const namespaces = [...found].filter((name) => name !== run.dialect.traits.defaultNamespace);
  const desired: DesiredSchema = { schema: emptySchema, problems: [], origin: {}, relations: [], namespaces };
  return { ...run, desired };
}
