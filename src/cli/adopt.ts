import { adopt } from '../stages/adopt.ts';
import type { AdoptReport } from '../stages/apply-adoption.ts';
import type { AdoptRequest } from '../stages/plan-adoption.ts';
import { MigrateError } from '../errors.ts';
import { importedText } from '../report/imported-text.ts';
import { safeText } from '../report/safe-text.ts';
import { openProject } from '../sequence/adopt/project.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { readerFor } from './reader.ts';

/** `migrate adopt`: says what of an existing database is ours, and imports the history of another tool. */
export async function runAdopt(context: CommandContext): Promise<number> {
  const { options } = context;
  const request: AdoptRequest = {
    dryRun: options.dryRun === true,
    project: async (run) => openProject(run.project.root, await run.files()),
    ...(options.own !== undefined && { own: options.own as NonNullable<AdoptRequest['own']> }),
    ...(options.from !== undefined && { from: options.from }),
    place: placeOf(context),
  };
  const report = await withJob(context, readerFor(context, opening), (job) => adopt(job, request));
  context.writeOut(options.json ? JSON.stringify({ kind: 'result', ...report }) : safeText(linesOf(report).join('\n')));
  return 0;
}

function placeOf({ options: { from, table, schema } }: CommandContext): NonNullable<AdoptRequest['place']> {
  const place = { ...(table !== undefined && { table }), ...(typeof schema === 'string' && { schema }) };
  if (from === undefined && Object.keys(place).length > 0)
    throw new MigrateError('USAGE', { message: '--table and --schema are of another tool: name it with --from TOOL' });
  return place;
}

const opening = '🧳 Taking over the existing database...';

function linesOf(report: AdoptReport): readonly string[] {
  const { status, imported, known, head } = report;
  if (status === 'planned') return plannedLines(report);
  const anchor = head ? [`🔗 Log head: version ${head.version}, hash ${head.hash}`] : [];
  const count = `📊 Migrations imported: ${imported.length}${known > 0 ? `; in the log already: ${known}` : ''}`;
  const end = status === 'done' ? '🎉 Adoption SUCCEEDED!' : '🎉 Nothing to adopt: the log says so already';
  return [count, ...anchor, end];
}

function plannedLines({ baseline, imported, known }: AdoptReport): readonly string[] {
  return [
    ...(baseline ? [`  📸 Would be ours: ${baseline.own} (tables: ${baseline.tables})`] : []),
    ...imported.map((migration) => `  📥 Would import ${importedText(migration)}`),
    `📋 Migrations to import: ${imported.length}; in the log already: ${known}`,
    'Nothing was changed: it was a dry run.',
  ];
}
