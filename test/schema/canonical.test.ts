import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, isSameData } from '../../src/schema/canonical.ts';

/** The same data with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  );
}

/** A copy whose keys are in their order already. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) copy[key] = sorted((value as Record<string, unknown>)[key]);
  return copy;
}

describe('the canonical JSON of plain data', () => {
  test('has sorted keys at every depth, lists in their order, and no white space', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }, 1], a: { y: null, x: 'ü' } })).toBe(
      '{"a":{"x":"ü","y":null},"b":[{"a":2,"z":1},1]}',
    );
  });

  test('sorts by UTF-16 code units, which no locale changes', () => {
    const keys = ['ä', 'z', 'Z', 'a', '10', '9', '\u{1f642}', '\uffff', ''];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    const found = [...text.matchAll(/"([^"]*)":/gu)].map(([, key]) => key);
    // JSON.stringify puts whole numbers first, in their order: so does every reader of this text.
    expect(found).toEqual(['9', '10', '', 'Z', 'a', 'z', 'ä', '\u{1f642}', '\uffff']);
  });

  test('leaves out what is undefined, and takes names that every object inherits for plain keys', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
    const odd = JSON.parse('{"__proto__":{"b":1,"a":2},"constructor":3}') as unknown;
    expect(canonicalJson(odd)).toBe('{"__proto__":{"a":2,"b":1},"constructor":3}');
  });

  test('sorts long records too, whichever came before them', () => {
    const keys = Array.from({ length: 30 }, (_, at) => `k${(at * 7) % 30}`);
    const record = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 0]));
    const given = [keys, keys.toReversed(), [...keys.slice(1), 'k9x'], [...keys, '7'], keys];
    for (const names of given) expect(canonicalJson(record(names))).toBe(JSON.stringify(sorted(record(names))));
  });

  test('is what JSON.stringify writes of the data with sorted keys', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat().map(String),
      fc.constantFrom('4294967294', '4294967295', '01', '-1'),
    );
    const data = fc.letrec<{ data: unknown }>((tie) => ({
      data: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.constantFrom(null, undefined, true, Number.NaN, -0, 1e21, 0.1),
        fc.array(tie('data')),
        fc.dictionary(text, tie('data')),
      ),
    })).data;
    fc.assert(
      fc.property(data, (value) => {
        expect(canonicalJson(value)).toBe(JSON.stringify(sorted(value)));
      }),
    );
  });

  test('is the same for the same data, and comes back as the same data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(turned(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(isSameData(turned(value), value)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('differs exactly where the data does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
        expect(isSameData(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: undefined }, { b: undefined }, true],
  [[1, undefined], [1, null], true],
  [{ a: null }, {}, false],
  [{ toString: 1 }, { a: 1 }, false],
  [[], {}, false],
  ['1', 1, false],
  [{ 0: 'a' }, ['a'], false],
])('%j and %j: same is %s', (a, b, same) => {
  expect(isSameData(a, b)).toBe(same);
  expect(isSameData(b, a)).toBe(same);
  expect(canonicalJson(a) === canonicalJson(b)).toBe(same);
});
