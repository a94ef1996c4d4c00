import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { neighbourOf } from '../../src/cli/import-quickly.ts';

describe('a relative import is resolved without a look at the file system', () => {
  test.each([
    ['./c.js', 'file:///app/node_modules/@mikro-orm/core/a/b.js', 'file:///app/node_modules/@mikro-orm/core/a/c.js'],
    [
      '../c.js',
      'file:///app/node_modules/.pnpm/kysely@1/node_modules/kysely/dist/b.js',
      'file:///app/node_modules/.pnpm/kysely@1/node_modules/kysely/c.js',
    ],
  ])('%s from %s', (specifier, parent, url) => {
    expect(neighbourOf(specifier, parent)).toBe(url);
  });

  test.each([
    ['a package', 'kysely', 'file:///app/node_modules/@mikro-orm/core/a.js'],
    ['another extension', './b.json', 'file:///app/node_modules/@mikro-orm/core/a.js'],
    ['a file that need not be a module', './b.js', 'file:///app/node_modules/kysely/index.cjs'],
    ['a file of another package', './b.js', 'file:///app/node_modules/lodash/a.js'],
    ['a file of a package within such a package', './b.js', 'file:///app/node_modules/kysely/node_modules/old/a.js'],
    ['a file of the application', './b.js', 'file:///app/models/a.js'],
    ['the first module of all', './b.js', undefined],
  ])('not of %s', (_, specifier, parent) => {
    expect(neighbourOf(specifier, parent)).toBeUndefined();
  });

  test('the packages that it is done in have modules alone behind their relative imports', () => {
    for (const name of ['@mikro-orm/core', '@mikro-orm/sql', '@mikro-orm/postgresql', 'kysely']) {
      const manifest = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { type?: string };
      expect(manifest.type, name).toBe('module');
    }
  });
});
