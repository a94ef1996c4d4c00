import { MigrateError } from '../errors.ts';
import { findDamage } from '../history/chain.ts';
import type { EventRow } from '../history/event.ts';
import { readPayload } from '../history/state.ts';
import { differenceBetween, readHistory, schemaAt, versionUnknown } from '../stages/read-history.ts';
import { safeText } from '../report/safe-text.ts';
import { describeEvent, eventLines } from '../report/describe-event.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { isForPerson, openTui } from './open-tui.ts';
import { progressFor } from './reader.ts';

/**
 * `migrate history`: the list of events, one event, the schema at a version, what differs between two versions, or a check
 * of the chain.
 */
export async function runHistory(context: CommandContext, args: readonly string[]): Promise<number> {
  const [action, version, other] = args;
  const { options } = context;
  const isList = args.length === 0 && !options.schema && options.at === undefined;
  if (isList && isForPerson(context)) return openTui(context, { screen: 'history', filter: filterOf(options) });
  if (options.schema || options.at !== undefined) return showSchema(context);
  if (action === 'diff') return showDifference(context, versionOf(version), versionOf(other));
  const rows = await withJob(context, progressFor(context), readHistory);
  if (action === 'verify') return verifyChain(rows, context);
  if (action === 'show') return showEvent(rows, versionOf(version), context);
  if (action !== undefined && action !== 'list')
    throw new MigrateError('USAGE', { message: `history knows list, show N, diff A B and verify, not "${action}"` });
  return listEvents(rows, context);
}

/** The options of the list as the interface's filter has them. */
function filterOf({ table, since }: CommandContext['options']): string {
  return [table && `table:${table}`, since && `since:${since}`].filter(Boolean).join(' ');
}

function listEvents(rows: readonly EventRow[], { options, writeOut }: CommandContext): number {
  const chosen = rows.filter((row) => isOfTable(row, options.table) && isSince(row, options.since));
  if (options.json)
    writeOut(JSON.stringify(chosen.map((row) => ({ ...readPayload(row), hash: row.hash, prevHash: row.prevHash }))));
  else if (chosen.length === 0) writeOut('No events.');
  else writeOut(safeText(eventLines(chosen).join('\n')));
  return 0;
}

function showEvent(rows: readonly EventRow[], version: number, { options, writeOut }: CommandContext): number {
  const row = rows.find((candidate) => candidate.version === version);
  if (!row) throw versionUnknown(version, rows.at(-1)?.version);
  const payload = readPayload(row);
  if (options.json) writeOut(JSON.stringify({ ...payload, hash: row.hash, prevHash: row.prevHash }, null, 2));
  else writeOut(safeText(describeEvent(row, payload).join('\n')));
  return 0;
}

async function showDifference(context: CommandContext, from: number, to: number): Promise<number> {
  const { options, writeOut } = context;
  const changes = await withJob(context, progressFor(context), (job) => differenceBetween(job, from, to));
  if (options.json) writeOut(JSON.stringify({ from, to, changes }));
  else if (changes.length === 0) writeOut(`Versions ${from} and ${to} have the same schema.`);
  else writeOut(safeText(changes.join('\n')));
  return 0;
}

async function showSchema(context: CommandContext): Promise<number> {
  const version = versionOf(context.options.at);
  const schema = await withJob(context, progressFor(context), (job) => schemaAt(job, version));
  context.writeOut(JSON.stringify(schema, null, 2));
  return 0;
}

function verifyChain(rows: readonly EventRow[], { options, writeOut }: CommandContext): number {
  const damage = findDamage(rows);
  const head = rows.at(-1);
  if (options.json)
    writeOut(
      JSON.stringify({
        events: rows.length,
        damage: damage ?? null,
        head: head ? { version: head.version, hash: head.hash } : null,
      }),
    );
  if (damage) throw new MigrateError('LOG_DAMAGED', damage);
  if (!options.json)
    writeOut(
      head ? `🔗 ${rows.length} events, intact; head is version ${head.version}, hash ${head.hash}` : 'No log yet.',
    );
  return 0;
}

function isOfTable(row: EventRow, table: string | undefined): boolean {
  return table === undefined || row.object === table || row.object?.startsWith(`${table}.`) === true;
}

function isSince(row: EventRow, since: string | undefined): boolean {
  if (since === undefined) return true;
  return /^\d+$/u.test(since)
    ? row.version >= Number(since)
    : row.startedAt >= since.replace('T', ' ').replace('Z', '');
}

function versionOf(text: string | undefined): number {
  const version = Number(text);
  if (text === undefined || !Number.isSafeInteger(version) || version < 1)
    throw new MigrateError('USAGE', { message: `a version is a whole number from 1, not "${text ?? ''}"` });
  return version;
}
