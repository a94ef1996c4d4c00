import type { Trigger } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import type { TriggerRow } from './catalog.ts';
import { literal, quote, quoteKey } from './quote.ts';

/** A trigger as the catalog has it; what no `create trigger` says is kept beside its definition. */
export function readTrigger({ name, definition, enabled, comment }: TriggerRow): Trigger {
  const storage = { ...(enabled !== 'O' && { enabled }), ...(comment !== null && { comment }) };
  return { name, definition, ...(Object.keys(storage).length > 0 && { storage }) };
}

/** `create trigger`, then whether it fires and its comment. */
export function createTriggerStatements(table: string, { name, definition, storage }: Trigger): Statement[] {
  const verb = firing[String(storage?.['enabled'])];
  const comment = storage?.['comment'];
  return [
    { text: definition },
    ...(verb === undefined ? [] : [{ text: `alter table ${quoteKey(table)} ${verb} trigger ${quote(name)}` }]),
    ...(typeof comment === 'string'
      ? [{ text: `comment on trigger ${quote(name)} on ${quoteKey(table)} is ${literal(comment)}` }]
      : []),
  ];
}

const firing: Readonly<Record<string, string>> = { D: 'disable', R: 'enable replica', A: 'enable always' };
