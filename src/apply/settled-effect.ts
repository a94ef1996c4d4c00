import type { EventPayload } from '../history/event.ts';
import { fingerprint } from '../schema/fingerprint.ts';
import type { Schema } from '../schema/schema.ts';
import { lookAround } from './look-around.ts';
import type { StepContext } from './run-step.ts';
import { statementReach } from './statement-reach.ts';

/** The schema that the log has from just before a step, where it knows that exactly. */
export type SchemaBefore = (started: EventPayload) => Promise<Schema | undefined>;

export interface Settling extends Omit<StepContext, 'schema'> {
  readonly schemaBefore?: SchemaBefore;
}

/**
 * What SQL of an author's did that was found to be done after a crash: the schema as the log has it from before is compared
 * with the one that is there. Where the log does not have it that is told, for a rollback then cannot undo it.
 */
export async function settledEffect(
  started: EventPayload,
  context: Settling,
): Promise<Pick<EventPayload, 'derived' | 'schemaBefore' | 'schemaAfter'>> {
  const text = started.code === 'rest' ? '' : (started.sql[0]?.text ?? '');
  if (started.operation?.kind !== 'rawSql' || statementReach(text, context.dialect.lexis) === 'rows') return {};
  const schema = await context.schemaBefore?.(started);
  if (!schema) {
    const notice = `what "${started.summary}" did to the schema is not known, for the log does not have the schema from before it: a rollback cannot undo that`;
    context.emit({ kind: 'noticed', level: 'warning', text: notice });
    return {};
  }
  const seen = await lookAround([text], { ...context, schema });
  return {
    ...(seen.derived.length > 0 && { derived: seen.derived }),
    schemaBefore: fingerprint(schema),
    schemaAfter: fingerprint(seen.schema),
  };
}
