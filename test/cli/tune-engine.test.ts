import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const engine = new URL('../../src/cli/tune-engine.ts', import.meta.url).href;

test('what a short run does is optimized ten times later, with many tables as early as V8 does it itself', () => {
  const usual = callsUntilOptimized('');
  expect(callsUntilOptimized('tuneForShortRun();')).toBeGreaterThan(5 * usual);
  expect(callsUntilOptimized('tuneForShortRun(); tuneForTables(100);')).toBeGreaterThan(5 * usual);
  expect(callsUntilOptimized('tuneForShortRun(); tuneForTables(101);')).toBe(usual);
});

/** How often a function runs before V8 compiles it anew, on one thread so that it is the same each time; V8 knows all that it is told. */
function callsUntilOptimized(tune: string): number {
  const program = `
    const { tuneForShortRun, tuneForTables } = await import(${JSON.stringify(engine)});
    ${tune}
    const isOptimized = (f) => %ActiveTierIsMaglev(f) || %ActiveTierIsTurbofan(f);
    const sum = (a) => { let all = 0; for (let at = 0; at < 3; at += 1) all += a * at; return all; };
    let calls = 0;
    while (calls < 1_000_000 && !isOptimized(sum)) sum(calls += 1);
    console.log(calls);`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--allow-natives-syntax', '--single-threaded', '--input-type=module', '--eval', program],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return Number(stdout);
}
