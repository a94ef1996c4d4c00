import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { failpoint } from '../events/failpoint.ts';

/** A statement that ran. */
export interface Sent {
  /** When it began, as `performance.now()` told it. */
  readonly at: number;
  /** Milliseconds; one that was sent with others has its share of their time. */
  readonly ms: number;
  readonly rows?: number;
}

interface Sending {
  readonly session: Session;
  readonly dialect: Pick<Dialect, 'traits'>;
}

/** Runs statements in their order, in one message where the server takes them so. */
export async function sendStatements(
  statements: readonly string[],
  { session, dialect }: Sending,
): Promise<readonly Sent[]> {
  if (dialect.traits.runsScripts) return sendTogether(statements, session);
  const sent: Sent[] = [];
  for (const statement of statements) sent.push(await send(statement, session));
  return sent;
}

async function sendTogether(statements: readonly string[], session: Session): Promise<readonly Sent[]> {
  if (statements.length === 0) return [];
  const { at, ms } = await send(statements.join('\n;\n'), session);
  const share = ms / statements.length;
  return statements.map((_, place) => ({ at: at + place * share, ms: share }));
}

async function send(text: string, session: Session): Promise<Sent> {
  await failpoint('before-ddl');
  const at = performance.now();
  const { rows } = await session.run(text);
  const ms = performance.now() - at;
  await failpoint('after-ddl');
  return { at, ms, ...(rows !== undefined && { rows }) };
}
