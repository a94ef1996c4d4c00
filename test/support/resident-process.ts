// A process that stays and runs one command line after another, as `src/main.ts` runs the only one of its process.
// What a process has of its own is made anew for each command: arguments, folder, environment, output, signal handlers,
// and every module of the project.
import { createRequire, enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { startProcess } from '../../src/cli/start-process.ts';
import type { ResidentAnswer, ResidentCommand } from './resident-cli.ts';

const lasting = ['/node_modules/', '/src/', '/dist/'].map((folder) => new URL(`../..${folder}`, import.meta.url).href);
const { cache } = createRequire(import.meta.url);
let command = 0;

enableCompileCache();
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return isOfProject(found.url) ? { ...found, url: `${found.url}?command=${command}` } : found;
  },
});
// What every command loads.
await import('../../src/cli/program.ts');
await import('../../src/cli/open-job.ts');
flushCompileCache();

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (asked: ResidentCommand) => void run(asked).then((answer) => process.send?.(answer)));
process.send?.('ready');

async function run({ args, cwd, env }: ResidentCommand): Promise<ResidentAnswer> {
  command += 1;
  for (const file of Object.keys(cache)) if (!file.includes('/node_modules/')) delete cache[file];
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  const output = catchOutput();
  try {
    return { exit: await startProcess(args), ...output.end() };
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  }
}

function isOfProject(url: string): boolean {
  return (
    url.startsWith('file:') && !url.includes('/node_modules/') && !lasting.some((folder) => url.startsWith(folder))
  );
}

function catchOutput(): { end(): Pick<ResidentAnswer, 'stdout' | 'stderr'> } {
  const streams = { stdout: '', stderr: '' };
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = (chunk: string | Uint8Array): boolean => {
      streams[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    };
  return {
    end() {
      process.stdout.write = writes.stdout;
      process.stderr.write = writes.stderr;
      return streams;
    },
  };
}
