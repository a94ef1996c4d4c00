import { join } from 'node:path';
import { runProcess } from './run-process.ts';

const root = join(import.meta.dirname, '../..');

/** Compiles mikrate to `dist`: what is measured is what is published, and it is this source. */
export async function buildMikrate(work: string): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await runProcess({ args: [compiler, '-p', 'tsconfig.build.json'], cwd: root }, work);
  if (code !== 0) throw new Error(`mikrate does not compile:\n${output}`);
}
