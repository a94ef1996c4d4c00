import type { ServerInfo } from '../dialects/dialect.ts';
import { safeText } from '../report/safe-text.ts';
import { withRun } from '../stages/open-run.ts';
import type { CommandContext } from './context.ts';
import { withJob } from './open-job.ts';
import { progressFor } from './reader.ts';

/** `migrate doctor`: what would go wrong, with the fix. Exit code 3 when something would. */
export async function runDoctor(context: CommandContext): Promise<number> {
  const found = await withJob(context, progressFor(context), async (job) => ({
    server: job.connection.describe.server,
    info: await withRun(job, (run) => run.dialect.readServer(run.session)),
    expected: job.dialect.name,
    lockFile: job.lockFile !== undefined,
    tool: job.identity.tool,
  }));
  const problems = problemsOf(found.info, found.expected);
  if (context.options.json) context.writeOut(JSON.stringify({ ...found, node: process.version, problems }, null, 2));
  else context.writeOut(safeText(doctorLines(found, problems).join('\n')));
  return problems.length > 0 ? 3 : 0;
}

function doctorLines(
  { server, info, lockFile, tool }: { server: string; info: ServerInfo; lockFile: boolean; tool: string },
  problems: readonly string[],
): string[] {
  return [
    `🩺 ${server}`,
    `   database ${info.database}${info.user === '' ? '' : `, user ${info.user}`}`,
    `   mikrate ${tool}, Node.js ${process.version}`,
    `   ${lockFile ? 'the release is locked in the lock file' : 'no lock file yet: `migrate lock` writes it'}`,
    ...Object.entries(info.settings).map(([name, value]) => `   ${name} = ${value}`),
    ...(problems.length === 0 ? ['✅ Nothing would go wrong'] : problems.map((problem) => `❌ ${problem}`)),
  ];
}

function problemsOf(info: ServerInfo, expected: string): string[] {
  return [
    ...(info.dialect === undefined ? [`${info.version} is not a database that mikrate knows`] : []),
    ...(info.dialect !== undefined && info.dialect !== expected
      ? [`the server is ${info.dialect}, the driver is for ${expected}`]
      : []),
    ...(info.readOnly ? ['the database is read-only: connect to the primary server, or make the file writable'] : []),
    ...info.missingRights.map(({ right, grant }) => `the user may not ${right}; as an administrator: ${grant}`),
  ];
}
