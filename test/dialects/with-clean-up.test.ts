import { expect, it } from 'vitest';
import { withCleanUp } from '../../src/dialects/with-clean-up.ts';

const works = async (): Promise<string> => 'result';
const fails = (message: string) => async (): Promise<never> => {
  throw new Error(message);
};

it('cleans up after work that ended well or not', async () => {
  const seen: string[] = [];
  const cleanUp = async (): Promise<void> => void seen.push('cleaned up');
  await expect(withCleanUp(works, cleanUp)).resolves.toBe('result');
  await expect(withCleanUp(fails('first'), cleanUp)).rejects.toThrow('first');
  expect(seen).toEqual(['cleaned up', 'cleaned up']);
});

it('throws the error that came first: a lost connection cannot be cleaned up either', async () => {
  await expect(withCleanUp(fails('server has gone away'), fails('connection is closed'))).rejects.toThrow(
    'server has gone away',
  );
  await expect(withCleanUp(works, fails('connection is closed'))).rejects.toThrow('connection is closed');
});
