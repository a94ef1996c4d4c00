import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/support/global-setup.ts',
    reporters: ['default', './test/support/proof-reporter.ts'],
    // Processes, not threads: tests kill, fork and change the environment.
    pool: 'forks',
    maxWorkers: 2,
    // What the files import, MikroORM above all, is loaded once for a worker and not for each of them.
    isolate: false,
    // The collector copies what lives long less often when there is room for what is new.
    execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64'],
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
