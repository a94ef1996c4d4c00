import { describe, expect, test } from 'vitest';
import { displayTable, isForbiddenName, parseTableKey, tableKey, withSuffix } from '../../src/schema/names.ts';

const names = ['monitors', 'a.b', '"', '""', '"a"."b"', '"."', 'a"."b', '', ' ', 'ü\n☃', '__proto__', "it's", '`[]'];

describe('the key of a table', () => {
  test('is the bare name in the default namespace', () => {
    expect(tableKey('monitors')).toBe('monitors');
    expect(tableKey('a.b')).toBe('a.b');
    expect(tableKey('monitors', 'audit')).toBe('"audit"."monitors"');
  });

  test('gives back name and namespace, whatever they are, and no two tables have one key', () => {
    const tables = names.flatMap((name) => [
      { name },
      ...names.filter((namespace) => namespace !== '').map((namespace) => ({ name, namespace })),
    ]);
    const keys = tables.map(({ name, ...rest }) => tableKey(name, 'namespace' in rest ? rest.namespace : undefined));
    expect(keys.map(parseTableKey)).toEqual(tables);
    expect(new Set(keys).size).toBe(tables.length);
  });

  test('is shown to people without its quotes', () => {
    expect(displayTable(tableKey('monitors', 'audit'))).toBe('audit.monitors');
    expect(displayTable(tableKey('"a"."b"'))).toBe('"a"."b"');
  });
});

test('no database takes an empty name or one with a NUL; control characters and quotes are names', () => {
  expect(['', '\u0000', 'a\u0000b'].map(isForbiddenName)).toEqual([true, true, true]);
  expect([' ', '\u0001', '\n', '"', '🙂'].map(isForbiddenName)).toEqual(Array(5).fill(false));
});

describe('a name with a suffix', () => {
  test('is whole where it fits 63 bytes', () => {
    expect(withSuffix('by_name', '_old1')).toBe('by_name_old1');
    expect(withSuffix('a'.repeat(58), '_old1')).toBe(`${'a'.repeat(58)}_old1`);
  });

  test.each(['a', 'ü', '☃', '🙂'])('keeps as many whole %s as fit', (character) => {
    const result = withSuffix(character.repeat(64), '_old1');
    const kept = result.slice(0, -'_old1'.length);
    expect(kept).toBe(character.repeat([...kept].length));
    expect(Buffer.byteLength(result)).toBeLessThanOrEqual(63);
    expect(Buffer.byteLength(character + result)).toBeGreaterThan(63);
  });
});
