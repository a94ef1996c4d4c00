import type { EntityMetadata } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import { tableKey } from '../schema/names.ts';
import type { EventSummary } from './event.ts';

/** Every event without its payload, oldest first: read as plain text, since a hundred thousand entities would take long. */
export async function readSummaries(
  session: Session,
  dialect: Dialect,
  { tableName, schema, properties }: EntityMetadata,
): Promise<EventSummary[]> {
  const columns = new Map(shown.map((property) => [property, properties[property]?.fieldNames[0] ?? property]));
  const column = (property: keyof EventSummary): string => columns.get(property) ?? property;
  const { text, parameters } = dialect.queries.selectRows(
    tableKey(tableName, schema),
    [...columns.values()],
    [column('version')],
  );
  const rows = await session.query<Record<string, string | null>>(text, parameters);
  return rows.map((row) => {
    const textOf = (property: keyof EventSummary): string | null => row[column(property)] ?? null;
    const numberOf = (property: keyof EventSummary): number | null => {
      const value = textOf(property);
      return value === null ? null : Number(value);
    };
    return {
      version: Number(textOf('version')),
      event: textOf('event') ?? '',
      source: textOf('source') ?? '',
      migration: textOf('migration') ?? '',
      operation: textOf('operation'),
      object: textOf('object'),
      summary: textOf('summary') ?? '',
      startedAt: textOf('startedAt') ?? '',
      durationMs: numberOf('durationMs'),
      actor: textOf('actor') ?? '',
      runId: textOf('runId') ?? '',
      error: textOf('error'),
      ref: numberOf('ref'),
    };
  });
}

const shown = [
  'version',
  'event',
  'source',
  'migration',
  'operation',
  'object',
  'summary',
  'startedAt',
  'durationMs',
  'actor',
  'runId',
  'error',
  'ref',
] as const satisfies readonly (keyof EventSummary)[];
