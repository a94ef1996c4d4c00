import { describe, expect, test } from 'vitest';
import { checkValue } from '../../src/review/check-value.ts';
import type { LogicalType } from '../../src/schema/logical-type.ts';

const string: LogicalType = { type: 'string', length: 3 };
const decimal: LogicalType = { type: 'decimal', precision: 5, scale: 2 };
const zoned: LogicalType = { type: 'datetime', zone: true };

test.each<[string, LogicalType, string | number | boolean]>([
  ['abc', string, 'abc'],
  ['', string, ''],
  ['🎈🎈🎈', string, '🎈🎈🎈'],
  [' a ', { type: 'text' }, ' a '],
  ['ab', { type: 'binary', length: 2 }, 'ab'],
  [' 42 ', { type: 'integer', bits: 32 }, 42],
  ['+7', { type: 'integer', bits: 8 }, 7],
  ['-2147483648', { type: 'integer', bits: 32 }, -2_147_483_648],
  ['9223372036854775807', { type: 'integer', bits: 64 }, '9223372036854775807'],
  ['18446744073709551615', { type: 'integer', bits: 64, unsigned: true }, '18446744073709551615'],
  ['12.50', decimal, 12.5],
  ['.5', decimal, 0.5],
  ['-0', decimal, 0],
  ['001', decimal, 1],
  ['12345678901234567890.5', { type: 'decimal', precision: 30, scale: 2 }, '12345678901234567890.5'],
  ['1e3', { type: 'double' }, 1000],
  ['-.5', { type: 'float' }, -0.5],
  ['Yes', { type: 'boolean' }, true],
  ['off', { type: 'boolean' }, false],
  ['2024-02-29', { type: 'date' }, '2024-02-29'],
  ['13:45', { type: 'time' }, '13:45:00'],
  ['2026-01-31T13:45:10', { type: 'datetime' }, '2026-01-31 13:45:10'],
  ['2026-01-31', { type: 'datetime' }, '2026-01-31 00:00:00'],
  ['2026-01-31 13:45:10.123', { type: 'datetime', precision: 3 }, '2026-01-31 13:45:10.123'],
  ['2026-01-31 13:45:10Z', zoned, '2026-01-31 13:45:10+00:00'],
  ['2026-01-31 13:45:10-0330', zoned, '2026-01-31 13:45:10-03:30'],
  ['123E4567-e89b-12d3-a456-426614174000', { type: 'uuid' }, '123e4567-e89b-12d3-a456-426614174000'],
  [' { "a": [1] }', { type: 'json' }, '{ "a": [1] }'],
  ['{"id":9007199254740993}', { type: 'json' }, '{"id":9007199254740993}'],
  ['red', { type: 'enum', values: ['red', 'blue'] }, 'red'],
  ['anything', { type: 'native', sql: 'point' }, 'anything'],
])('%j is a value of %o', (text, type, value) => {
  expect(checkValue(text, type)).toEqual({ value });
});

test.each<[string, LogicalType, string]>([
  ['abcd', string, 'longer than 3 characters'],
  ['a\u0000', string, 'NUL'],
  ['ä'.repeat(128), { type: 'text', size: 'tiny' }, 'longer than 255 bytes'],
  ['ää', { type: 'binary', length: 3 }, 'longer than 3 bytes'],
  ['4.2', { type: 'integer', bits: 32 }, 'no whole number'],
  ['', { type: 'integer', bits: 32 }, 'no whole number'],
  ['128', { type: 'integer', bits: 8 }, 'between -128 and 127'],
  ['-1', { type: 'integer', bits: 16, unsigned: true }, 'between 0 and 65535'],
  ['9223372036854775808', { type: 'integer', bits: 64 }, 'between'],
  ['1234', decimal, 'does not fit decimal(5,2)'],
  ['1.234', decimal, 'does not fit decimal(5,2)'],
  ['.', decimal, 'no decimal number'],
  ['-1', { type: 'decimal', precision: 5, scale: 2, unsigned: true }, 'below 0'],
  ['NaN', { type: 'double' }, 'no number'],
  ['1e39', { type: 'float' }, 'too large'],
  ['1e999', { type: 'double' }, 'too large'],
  ['maybe', { type: 'boolean' }, 'neither true nor false'],
  ['2025-02-29', { type: 'date' }, 'no date'],
  ['31.01.2026', { type: 'date' }, 'no date'],
  ['24:00', { type: 'time' }, 'no time'],
  ['2026-13-01 10:00', { type: 'datetime' }, 'no datetime'],
  ['2026-01-31 10:00Z', { type: 'datetime' }, 'time zone'],
  ['2026-01-31 10:00:00.1234', { type: 'datetime', precision: 3 }, 'more than 3 digits'],
  ['123e4567', { type: 'uuid' }, 'no UUID'],
  ['{a}', { type: 'json' }, 'no JSON'],
  ['RED', { type: 'enum', values: ['red', 'blue'] }, 'none of red, blue'],
])('%j is no value of %o', (text, type, problem) => {
  expect(checkValue(text, type)).toEqual({ problem: expect.stringContaining(problem) });
});

describe('the bounds of every integer', () => {
  test.each([8, 16, 24, 32, 64] as const)('of %d bits are values, and what is beyond them is not', (bits) => {
    const size = BigInt(bits);
    for (const [type, low, high] of [
      [{ type: 'integer', bits }, -(2n ** (size - 1n)), 2n ** (size - 1n) - 1n],
      [{ type: 'integer', bits, unsigned: true }, 0n, 2n ** size - 1n],
    ] as const) {
      for (const inside of [low, high]) expect(checkValue(String(inside), type)).toHaveProperty('value');
      for (const outside of [low - 1n, high + 1n]) expect(checkValue(String(outside), type)).toHaveProperty('problem');
    }
  });
});
