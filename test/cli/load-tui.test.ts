import { expect, test } from 'vitest';
import { loadTui } from '../../src/cli/load-tui.ts';

test.each([{}, { NODE_ENV: 'test' }, { NODE_ENV: '' }])(
  'loading the interface leaves the environment %o as it was',
  async (env) => {
    const seen: NodeJS.ProcessEnv = { ...env };
    const loading = loadTui(seen);
    expect(seen['NODE_ENV']).toBe('production');
    const { runTui } = await loading;
    expect(runTui).toBeTypeOf('function');
    expect(seen).toEqual(env);
  },
);
