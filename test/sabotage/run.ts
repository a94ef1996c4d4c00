// `npm run test:sabotage`: each fault that is put into a copy of the source must turn the named test red.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentName, serverKinds, startServers } from '../support/servers/index.ts';
import { sabotages, type Sabotage } from './sabotages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const only = process.argv[2];
const copy = copySource();
const env = await environment();

let failed = 0;
const chosen = sabotages.filter(({ name }) => only === undefined || name.includes(only));
for (const sabotage of chosen) {
  const caught = tryOut(sabotage);
  if (!caught) failed += 1;
  process.stdout.write(
    `${caught ? '✅' : '❌'} ${sabotage.name}: ${caught ? 'caught by' : 'NOT caught by'} ${sabotage.test}\n`,
  );
}
rmSync(copy, { recursive: true, force: true });
process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

/** Green without the fault, red with it. */
function tryOut(sabotage: Sabotage): boolean {
  const file = join(copy, sabotage.file);
  const sound = readFileSync(file, 'utf8');
  if (sound.split(sabotage.find).length !== 2)
    throw new Error(`${sabotage.file} does not hold the text of "${sabotage.name}" exactly once`);
  const green = redTests(sabotage);
  if (green.length > 0) throw new Error(`red without any fault: ${green.join('; ')}`);
  writeFileSync(
    file,
    sound.replace(sabotage.find, () => sabotage.replace),
  );
  try {
    return redTests(sabotage).some((name) => name.includes(sabotage.named));
  } finally {
    writeFileSync(file, sound);
  }
}

interface TestResults {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

function redTests({ test, named, databases = 'sqlite' }: Sabotage): string[] {
  const results = join(copy, 'results.json');
  rmSync(results, { force: true });
  const pattern = named.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  const run = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', test, '-t', pattern, '--reporter=json', `--outputFile=${results}`],
    { cwd: copy, env: { ...process.env, ...env, MIKRATE_DATABASES: databases }, encoding: 'utf8' },
  );
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as TestResults;
  const all = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed');
  if (all.length === 0) throw new Error(`no test ran: ${run.stdout}${run.stderr}`);
  return all
    .filter(({ status }) => status === 'failed')
    .map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' > '));
}

function copySource(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mikrate-sabotage-'));
  const left = new Set(['node_modules', 'dist', 'data', '.git', '.cache', 'bench', 'docs']);
  for (const name of readdirSync(root)) {
    if (!left.has(name) && !name.startsWith('.')) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  // The reference application's migrations import `mikrate`, which is this package under its own name.
  for (const name of ['node_modules', 'dist']) symlinkSync(join(root, name), join(folder, name));
  return folder;
}

/** Servers once for all runs; they end with this process. */
async function environment(): Promise<Record<string, string>> {
  const needed = new Set(sabotages.map(({ databases }) => databases));
  const servers = await startServers(serverKinds.filter((kind) => needed.has(kind)));
  return Object.fromEntries(servers.map(({ kind, url }) => [environmentName(kind), url]));
}
