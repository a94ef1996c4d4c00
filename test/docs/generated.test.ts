import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorsDocument } from '../../scripts/docs/errors-document.ts';
import { policyDocument } from '../../scripts/docs/policy-document.ts';
import { errorDefinitions } from '../../src/errors.ts';
import { classes } from '../../src/plan/classify.ts';

it('docs/errors.md says what src/errors.ts says (npm run docs)', () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorsDocument());
});

it('docs/errors.md has a section for each code', () => {
  const titles = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^## (.+)$/gmu)].map(([, title]) => title ?? '');
  expect(titles.toSorted()).toEqual(Object.keys(errorDefinitions).toSorted());
});

it('docs/policy.md says what src/plan/classify.ts says (npm run docs)', async () => {
  expect(readFileSync('docs/policy.md', 'utf8')).toBe(await policyDocument());
});

it('docs/policy.md has a row for each kind of operation', () => {
  const kinds = [...readFileSync('docs/policy.md', 'utf8').matchAll(/^\| ([a-zA-Z]+) \| /gmu)].map(([, kind]) => kind);
  for (const kind of Object.keys(classes)) expect(kinds).toContain(kind);
});
