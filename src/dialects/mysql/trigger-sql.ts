import type { Trigger } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { quoteAccount } from './quote.ts';

/** `create trigger`, as whom it ran before. */
export function createTriggerStatement({ definition, storage }: Trigger): Statement {
  const definer = storage?.['definer'];
  if (typeof definer !== 'string') return { text: definition };
  return { text: definition.replace(/^create trigger/iu, () => `create definer = ${quoteAccount(definer)} trigger`) };
}
