import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeValue } from '../../../src/sequence/generated/write-value.ts';
import { importText } from './support/evaluate.ts';

const hostile = [
  '__proto__',
  'constructor',
  "it's",
  'say "x"',
  `both ' and "`,
  'back\\slash',
  'new\nline',
  '\r\n\t',
  '${x}',
  '`',
  '\u2028\u2029',
  '\u0000',
  '\u202e',
  '\ufeff',
  '\u00a0',
  '\ud800',
  '1',
  '1a',
  '',
  'Ünïcode',
  '漢字',
  '👩‍👩‍👧',
  '*/',
  '</script>',
  'x'.repeat(64),
];

const tame = fc.oneof(fc.constantFrom(...hostile), fc.string());
const wild = fc.oneof(tame, fc.string({ unit: 'binary' }));
const samples = fc.sample(dataOf(wild), { numRuns: 200, seed: 42 });
const moduleOf = (values: readonly unknown[]): string =>
  values
    .map((value, at) => `export const v${at} = ${writeValue({ value }, placeOf(`export const v${at} = `))};\n`)
    .join('');
const placeOf = (before: string) => ({ indent: 0, before: before.length, after: 1 });

it('writes literals that evaluate to exactly the data', async () => {
  const exported = await importText(moduleOf(samples));
  const found = samples.map((_, at) => (exported[`v${at}`] as { value: unknown }).value);
  expect(found.map(tagged)).toEqual(samples.map(tagged));
});

it('writes no character that a reader cannot see', () => {
  const seen = samples.map((value) => writeValue(value, placeOf('')));
  expect(seen.filter((literal) => /[^\n\P{C}]|[\u2028\u2029]/u.test(literal))).toEqual([]);
});

it('writes what the formatter leaves as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'format-'));
  try {
    // Some letters are of a width that only the formatter knows.
    const plain = fc.sample(dataOf(tame), { numRuns: 300, seed: 42 });
    const written = moduleOf(plain);
    const file = join(folder, 'x.ts');
    writeFileSync(file, written);
    execFileSync(join('node_modules', '.bin', 'oxfmt'), ['-c', '.oxfmtrc.json', file]);
    expect(readFileSync(file, 'utf8')).toBe(written);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function dataOf(text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  return fc.letrec<{ data: unknown }>((tie) => ({
    data: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.constant('a long default '.repeat(9)),
      number,
      fc.constantFrom(true, false, null),
      // The formatter sets lists of numbers alone as running text; no operation has one.
      fc.array(tie('data')).filter((items) => items.some((item) => typeof item !== 'number')),
      fc.array(fc.tuple(text, tie('data'))).map(Object.fromEntries),
    ),
  })).data;
}

/** JSON has no -0, and equality none between a key of its own named __proto__ and another prototype. */
function tagged(value: unknown): unknown {
  if (Object.is(value, -0)) return 'minus zero';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(tagged);
  return Object.entries(value).map(([key, item]) => [key, tagged(item)]);
}
