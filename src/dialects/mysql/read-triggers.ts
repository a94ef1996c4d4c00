import type { Trigger } from '../../schema/schema.ts';
import type { Session } from '../session.ts';
import type { TriggerRow } from './catalog.ts';
import { joinPieces, pieces } from './pieces.ts';
import { quote } from './quote.ts';

/** Triggers as statements that make them again, and beside them as whom they run. */
export async function readTriggers(
  session: Session,
  rows: readonly TriggerRow[],
): Promise<(Trigger & { readonly tableName: string })[]> {
  const triggers: (Trigger & { readonly tableName: string })[] = [];
  for (const row of rows) {
    const head = `create trigger ${quote(row.triggerName)} ${row.timing.toLowerCase()} ${row.event.toLowerCase()} on ${quote(row.tableName)} for each row`;
    triggers.push({
      tableName: row.tableName,
      name: row.triggerName,
      definition: `${head} ${await readBody(session, row)}`,
      storage: { definer: row.definer },
    });
  }
  return triggers;
}

// The catalog unescapes the strings in a body, so that `'it''s'` reads `'it's'`; only SHOW gives it as it was written.
async function readBody(session: Session, { triggerName, body }: TriggerRow): Promise<string> {
  if (!/['"\\]/u.test(body)) return body;
  const [row] = await session.query<Record<string, string>>(`show create trigger ${quote(triggerName)}`);
  return bodyOf(row?.['SQL Original Statement'] ?? '') ?? body;
}

/** What follows `for each row [follows x]` in a `create trigger`. */
function bodyOf(statement: string): string | undefined {
  const found = pieces(statement);
  const row = found.findIndex((_, at) => /^for each row$/iu.test(joinPieces(found.slice(at, at + 3))));
  if (row < 0) return undefined;
  const skip = /^(?:follows|precedes)$/iu.test(found[row + 3]?.text ?? '') ? 5 : 3;
  const start = offsetOf(
    statement,
    found.slice(0, row + skip).map(({ text }) => text),
  );
  return statement.slice(start).trim();
}

function offsetOf(text: string, tokens: readonly string[]): number {
  return tokens.reduce((at, token) => text.indexOf(token, at) + token.length, 0);
}
