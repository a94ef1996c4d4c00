import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The executable as `npm run build` made it. Fails where it is missing or older than the sources: it would prove nothing. */
export function builtExecutable(): string {
  const main = join(root, 'dist/main.js');
  if (!existsSync(main) || statSync(main).mtimeMs < newestSource())
    throw new Error('dist/ is missing or older than src/: npm run build');
  return main;
}

function newestSource(): number {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
