// Makes `npx migrate` in this repository run this repository's own build, as `npm install mikrate` does in a project.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';

mkdirSync('node_modules/.bin', { recursive: true });
chmodSync('dist/main.js', 0o755);
for (const name of ['migrate', 'mikrate']) {
  const link = `node_modules/.bin/${name}`;
  rmSync(link, { force: true });
  symlinkSync('../../dist/main.js', link);
}
