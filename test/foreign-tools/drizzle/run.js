// Brings the database to the first so many migrations: `node run.js 2`. The tool runs all that its journal names.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';

const folder = import.meta.dirname;
const journal = join(folder, 'drizzle/meta/_journal.json');
const whole = readFileSync(journal, 'utf8');
const { entries, ...rest } = JSON.parse(whole);
const kit = dirname(createRequire(import.meta.url).resolve('drizzle-kit'));
writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, Number(process.argv[2])) }));
try {
  execFileSync(process.execPath, [join(kit, 'bin.cjs'), 'migrate', '--config=drizzle.config.js'], { cwd: folder });
} finally {
  writeFileSync(journal, whole);
}
