import { findIdle } from '../config/idle.ts';
import { opening } from '../report/opening.ts';
import { toolVersion } from './tool-version.ts';

/** Options that change nothing about a run which finds nothing to do. */
const harmless: ReadonlySet<string> = new Set(['--ci', '--fail-if-newer']);

/** Ends a run that has nothing to do before anything heavy is loaded; false on any doubt. */
export async function runIdle(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (
    !argv.includes('--ci') ||
    !argv.every((argument) => harmless.has(argument)) ||
    env['LOG_LEVEL']?.toUpperCase() === 'DEBUG'
  )
    return false;
  const start = performance.now();
  const found = await findIdle(process.cwd(), env, toolVersion());
  if (!found) return false;
  const { head, withheld, notOurs } = found;
  const left =
    withheld + notOurs > 0 ? [`👀 ${withheld} withheld and ${notOurs} not ours: \`migrate plan\` lists them`] : [];
  const lines = [
    opening,
    ...left,
    '📊 Total changes applied: 0',
    `🔗 Log head: version ${head.version}, hash ${head.hash}`,
    `🎉 Nothing to do: the database is as the models say (${Math.round(performance.now() - start)} ms)`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return true;
}
