import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { loadUmzug } from '../../src/sequence/load-umzug.ts';

test('umzug is loaded, and what its command line is made of is not', async () => {
  const { Umzug } = await loadUmzug();
  expect(Umzug).toBeTypeOf('function');
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((file) => file.includes('umzug'))).not.toEqual([]);
  expect(loaded.filter((file) => file.includes('@rushstack'))).toEqual([]);
});
