import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as makers from '../../../src/sequence/define-migration.ts';
import { readLiteralModule } from '../../../src/sequence/formats/read-literal-module.ts';
import { writeValue } from '../../../src/sequence/generated/write-value.ts';

const names = Object.keys(makers);
const moduleOf = (call: string): string =>
  `import { ${names.join(', ')} } from 'mikrate';\n\nexport default defineMigration(${call});\n`;

/** What JavaScript itself makes of the call; throws where it takes none. */
const evaluate = (call: string): unknown => {
  const make = runInThisContext(`'use strict'; (${names.join(', ')}) => defineMigration(${call})`) as (
    ...values: unknown[]
  ) => unknown;
  return make(...Object.values(makers));
};

const pieces = [
  '{',
  '}',
  '[',
  ']',
  'a',
  ':',
  ',',
  '1',
  '010',
  '1n',
  '.5',
  '-',
  '+',
  "'x'",
  "'\\x41'",
  "'\\0'",
  "'\\\n'",
  '`x`',
  '`${1}`',
  'a:',
  '{a:1}',
  '[1]',
  '[]',
  '{}',
  'null',
  'sql',
  '(',
  ')',
  '...[1]',
  '/a/',
  '__proto__:',
  '\\u0061:',
  '//\n',
  '["b"]:',
  "'\\u{41}'",
  '1_0',
  '{}.a',
  'a(){}',
  'async',
  'get',
  '!',
  '0x1',
  '{a}',
];

describe('a module that is nothing but a literal', () => {
  it.each([
    `{}`,
    `{ description: 'd', operations: [], }`,
    `{ 'a b': [1, -2, 0.5, 1e3, true, false, null, undefined,], $: "x", "1": 2 }`,
    `{ operations: [sql('select 1', { down: '' }), backfill('t', 'c', { value: -1 }), expectRows('q', 'm'), expectNoRows({ mysql: 'q' })] }`,
    `{ operations: [byDialect({ mysql: [sql(\`select\n1\`)], postgresql: [] })] }`,
    `{ a: 'it\\'s', b: "\\"\\n\\r\\t\\\\", c: '\\u00e9\\u202e\\ud800', d: \`\\\`\` }`,
    `{ /* c */ a: 1, // d\n b: 2 }`,
    `{ a: 1, a: 2 }`,
    `{ constructor: 1, toString: { valueOf: 2 } }`,
  ])('is read as JavaScript reads it: %s', (call) => {
    expect(readLiteralModule(moduleOf(call))).toStrictEqual(evaluate(call));
    expect(readLiteralModule(moduleOf(call).replaceAll('\n', '\r\n'))).toStrictEqual(evaluate(call));
  });

  it('is whatever we write ourselves', () => {
    const data = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(data, (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const call = writeValue(value, { indent: 0, before: 0, after: 0 });
        expect(readLiteralModule(moduleOf(call))).toStrictEqual(evaluate(call));
      }),
      { numRuns: 50 },
    );
  });

  it('is read as JavaScript reads it, or not at all, however it is spelled', () => {
    let read = 0;
    const piece = fc.constantFrom(...pieces);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (chosen) => {
        const call = chosen.join(' ');
        const found = readLiteralModule(moduleOf(call));
        if (found === undefined) return;
        read += 1;
        expect(found).toStrictEqual(evaluate(call));
      }),
      { numRuns: 20_000, seed: 7 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

describe('a module that is more than a literal is left to Node.js', () => {
  it.each([
    `import { defineMigration } from './mikrate.js';\nexport default defineMigration({});`,
    `import { defineMigration as d } from 'mikrate';\nexport default d({});`,
    `import { defineMigration } from 'mikrate';\nimport 'x';\nexport default defineMigration({});`,
    `import { defineMigration } from 'mikrate';\nexport default defineMigration({});\nexport const x = 1;`,
    `import { defineMigration } from 'mikrate';\nconst a = 1;\nexport default defineMigration({ a });`,
    `import { defineMigration } from 'mikrate';\nexport default defineMigration({}).x;`,
    `import { defineMigration } from 'mikrate';\nexport default defineMigration({ a: sql('x') });`,
    `import { defineMigration, sql } from 'mikrate';\nexport default sql('x');`,
    `import type { MigrationDefinition } from 'mikrate';\nexport default {};`,
    `export default defineMigration({});`,
    `export const up = () => {};`,
    ``,
  ])('%s', (source) => {
    expect(readLiteralModule(source)).toBeUndefined();
  });
});
