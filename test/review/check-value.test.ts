import { describe, expect, it } from 'vitest';
import { checkValue } from '../../src/review/check-value.ts';
import type { LogicalType } from '../../src/schema/logical-type.ts';

const good: readonly (readonly [LogicalType, string, string | number | boolean])[] = [
  [{ type: 'integer', bits: 8 }, ' -128 ', -128],
  [{ type: 'integer', bits: 8, unsigned: true }, '255', 255],
  [{ type: 'integer', bits: 64 }, '9223372036854775807', '9223372036854775807'],
  [{ type: 'decimal', precision: 5, scale: 2 }, '-0123.40', '-0123.40'],
  [{ type: 'double' }, '1.5e3', 1500],
  [{ type: 'boolean' }, 'Yes', true],
  [{ type: 'boolean' }, '0', false],
  [{ type: 'date' }, '2024-02-29', '2024-02-29'],
  [{ type: 'time' }, '23:59:59.5', '23:59:59.5'],
  [{ type: 'datetime' }, '2026-01-31T13:45:00', '2026-01-31 13:45:00'],
  [{ type: 'datetime' }, '2026-01-31', '2026-01-31'],
  [{ type: 'uuid' }, '0190B2A4-7c4e-7a63-9d5b-3f2c9a1e6d10', '0190b2a4-7c4e-7a63-9d5b-3f2c9a1e6d10'],
  [{ type: 'json' }, '{"a":[1]}', '{"a":[1]}'],
  [{ type: 'enum', values: ['on', 'off'] }, 'off', 'off'],
  [{ type: 'string', length: 3 }, '日本👩‍👩‍👧'.slice(0, 2), '日本'],
  [{ type: 'string', length: 3 }, '', ''],
  [{ type: 'text' }, ' as it is ', ' as it is '],
];

const bad: readonly (readonly [LogicalType, string, string])[] = [
  [{ type: 'integer', bits: 8 }, '128', '-128 to 127'],
  [{ type: 'integer', bits: 8, unsigned: true }, '-1', '0 to 255'],
  [{ type: 'integer', bits: 64 }, '9223372036854775808', '9223372036854775807'],
  [{ type: 'integer', bits: 32 }, '', 'whole number'],
  [{ type: 'integer', bits: 32 }, '1.5', 'whole number'],
  [{ type: 'integer', bits: 32 }, '0x10', 'whole number'],
  [{ type: 'decimal', precision: 5, scale: 2 }, '1234', '3 digits before'],
  [{ type: 'decimal', precision: 5, scale: 2 }, '1.234', '2 after'],
  [{ type: 'decimal', precision: 5, scale: 2 }, 'NaN', 'a number'],
  [{ type: 'decimal', precision: 5, scale: 2, unsigned: true }, '-1', 'not below 0'],
  [{ type: 'float' }, 'Infinity', 'a number'],
  [{ type: 'float' }, '', 'a number'],
  [{ type: 'boolean' }, 'maybe', 'true or false'],
  [{ type: 'date' }, '2023-02-29', 'a date'],
  [{ type: 'time' }, '24:00', 'a time'],
  [{ type: 'datetime' }, '2026-01-31 25:00', 'a time'],
  [{ type: 'uuid' }, '0190b2a4', 'a UUID'],
  [{ type: 'json' }, '{a:1}', 'JSON'],
  [{ type: 'enum', values: ['on', 'off'] }, 'OFF', 'one of on, off'],
  [{ type: 'string', length: 3 }, 'four', 'at most 3'],
  [{ type: 'binary' }, 'x', 'expression'],
];

describe('a value that a person typed', () => {
  it.each(good)('%j takes "%s" as %j', (type, text, value) => {
    expect(checkValue(type, text)).toEqual({ value });
  });

  it.each(bad)('%j does not take "%s"', (type, text, said) => {
    const checked = checkValue(type, text);
    expect('problem' in checked && checked.problem).toContain(said);
  });
});
