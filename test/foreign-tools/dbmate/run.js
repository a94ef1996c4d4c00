// Brings the database to the first so many migrations: `node run.js 2`. The tool runs all that its folder holds.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folder = join(import.meta.dirname, 'db/migrations');
const part = mkdtempSync(join(tmpdir(), 'dbmate-'));
const files = readdirSync(folder).sort().slice(0, Number(process.argv[2]));
for (const file of files) cpSync(join(folder, file), join(part, file));
const url = new URL(process.env.DATABASE_URL.replace(/^mariadb:/, 'mysql:'));
if (url.protocol === 'postgresql:') url.searchParams.set('sslmode', 'disable');
const program = join(dirname(createRequire(import.meta.url).resolve('dbmate/package.json')), 'dist/cli.js');
try {
  const args = [program, '--url', url.href, '--migrations-dir', part, '--no-dump-schema', 'migrate'];
  execFileSync(process.execPath, args, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] });
} finally {
  rmSync(part, { recursive: true });
}
