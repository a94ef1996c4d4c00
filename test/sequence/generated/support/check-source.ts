import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const standIn = fileURLToPath(new URL('mikrate.ts', import.meta.url));

/** What the formatter, the linter and the compiler of this project have to say of a migration file; nothing, where it is well. */
export function checkSource(text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'));
  try {
    const file = join(folder, 'migration.ts');
    writeFileSync(file, text);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return [
      ...complaints('oxfmt', ['-c', join(root, '.oxfmtrc.json'), file], folder),
      ...(readFileSync(file, 'utf8') === text ? [] : ['the formatter changes it']),
      ...complaints('oxlint', ['-c', join(root, '.oxlintrc.json'), '--deny-warnings', 'migration.ts'], folder),
      ...complaints('tsc', ['-p', join(folder, 'tsconfig.json')], folder),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tsconfig = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: { paths: { mikrate: [standIn] } },
  include: ['migration.ts'],
};

function complaints(tool: string, args: readonly string[], cwd: string): readonly string[] {
  try {
    execFileSync(join(root, 'node_modules', '.bin', tool), args, { cwd, stdio: 'pipe', encoding: 'utf8' });
    return [];
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return [`${tool}: ${stdout}${stderr}`];
  }
}
