import { describe, expect, test } from 'vitest';
import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { canonicalExpression } from '../../../src/dialects/mysql/expression.ts';
import { mysql } from '../../../src/dialects/mysql/index.ts';
import { literal, unescapeCatalogText, unquoteString } from '../../../src/dialects/mysql/quote.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { Default } from '../../../src/schema/schema.ts';
import { int, native, text } from './tables.ts';

const { types } = mysql;

describe('types are read from every spelling', () => {
  test.each<readonly [string, LogicalType]>([
    ['tinyint(1)', { type: 'boolean' }],
    ['BOOL', { type: 'boolean' }],
    ['boolean', { type: 'boolean' }],
    ['tinyint(1) unsigned', { type: 'integer', bits: 8, unsigned: true }],
    ['tinyint(4)', { type: 'integer', bits: 8 }],
    ['int', int],
    ['INT(11)', int],
    ['integer', int],
    ['int(10) unsigned', { type: 'integer', bits: 32, unsigned: true }],
    ['bigint(20)', { type: 'integer', bits: 64 }],
    ['mediumint', { type: 'integer', bits: 24 }],
    ['int(5) unsigned zerofill', native('int(5) unsigned zerofill')],
    ['varchar(255)', text(255)],
    ['VARCHAR (30)', text(30)],
    ['character varying(5)', text(5)],
    ['char', native('char(1)')],
    ['CHAR(36)', native('char(36)')],
    ['text', { type: 'text' }],
    ['LONGTEXT', { type: 'text', size: 'long' }],
    ['numeric(10,2)', { type: 'decimal', precision: 10, scale: 2 }],
    ['decimal', { type: 'decimal', precision: 10, scale: 0 }],
    ['decimal(5)', { type: 'decimal', precision: 5, scale: 0 }],
    ['dec(5,1) unsigned', { type: 'decimal', precision: 5, scale: 1, unsigned: true }],
    ['float', { type: 'float' }],
    ['float(53)', { type: 'double' }],
    ['float(7,3)', native('float(7,3)')],
    ['double precision', { type: 'double' }],
    ['real', { type: 'double' }],
    ['double(10,2)', native('double(10,2)')],
    ['datetime', { type: 'datetime' }],
    ['datetime(0)', { type: 'datetime' }],
    ['datetime(6)', { type: 'datetime', precision: 6 }],
    ['timestamp', native('timestamp')],
    ['timestamp(3)', native('timestamp(3)')],
    ['time(2)', { type: 'time', precision: 2 }],
    ['date', { type: 'date' }],
    ['year(4)', native('year')],
    ['json', { type: 'json' }],
    ['blob', { type: 'binary' }],
    ['varbinary(9)', { type: 'binary', length: 9 }],
    ['binary(16)', native('binary(16)')],
    ['longblob', native('longblob')],
    ['bit', native('bit(1)')],
    ["enum('a','B''c','d\\\\e','f,(g')", { type: 'enum', values: ['a', "B'c", 'd\\e', 'f,(g'] }],
    ["SET('a', 'B')", native("set('a','B')")],
    ['uuid', native('uuid')],
    ['inet6', native('inet6')],
    ['point', native('point')],
  ])('%s', (physical, type) => {
    expect(types.read(physical)).toEqual(type);
    expect(types.same(types.read(types.write(type)), type)).toBe(true);
  });
});

describe('types compare by meaning', () => {
  test.each<readonly [LogicalType, LogicalType, boolean]>([
    [{ type: 'uuid' }, text(36), true],
    [{ type: 'uuid' }, native('char(36)'), true],
    [{ type: 'uuid' }, native('uuid'), true],
    [{ type: 'uuid' }, text(35), false],
    [text(36), native('char(36)'), false],
    [{ type: 'datetime', zone: true, precision: 0 }, { type: 'datetime' }, true],
    [{ type: 'datetime' }, native('timestamp'), false],
    [{ type: 'enum', values: ['a'], name: 'x' }, { type: 'enum', values: ['a'] }, true],
    [{ type: 'enum', values: ['a', 'b'] }, { type: 'enum', values: ['b', 'a'] }, false],
    [{ type: 'enum', values: ['a'] }, { type: 'enum', values: ['A'] }, false],
    [native('DOUBLE PRECISION'), { type: 'double' }, true],
    [{ type: 'boolean' }, { type: 'integer', bits: 8 }, false],
    [native('binary(32)'), native('BINARY(32)'), true],
  ])('%j and %j: %s', (a, b, same) => {
    expect(types.same(a, b)).toBe(same);
    expect(types.same(b, a)).toBe(same);
  });
});

describe('a change of type says what becomes of old values', () => {
  const values = (count: number): string[] => Array.from({ length: count }, (_, at) => `v${at}`);
  test.each<readonly [LogicalType, LogicalType, string, boolean]>([
    [text(10), text(63), 'widening', false],
    [text(10), text(64), 'widening', true],
    [text(64), text(500), 'widening', false],
    [text(64), text(63), 'narrowing', true],
    [text(255), { type: 'text' }, 'widening', true],
    [{ type: 'text' }, { type: 'text', size: 'medium' }, 'widening', true],
    [{ type: 'text' }, text(255), 'narrowing', true],
    [text(64), { type: 'text', size: 'tiny' }, 'narrowing', true],
    [int, { type: 'integer', bits: 64 }, 'widening', true],
    [int, { type: 'integer', bits: 32, unsigned: true }, 'narrowing', true],
    [{ type: 'integer', bits: 32, unsigned: true }, { type: 'integer', bits: 64 }, 'widening', true],
    [{ type: 'boolean' }, { type: 'integer', bits: 8 }, 'widening', false],
    [{ type: 'boolean' }, int, 'widening', true],
    [int, { type: 'boolean' }, 'narrowing', true],
    [{ type: 'decimal', precision: 10, scale: 2 }, { type: 'decimal', precision: 12, scale: 2 }, 'widening', true],
    [{ type: 'decimal', precision: 10, scale: 2 }, { type: 'decimal', precision: 10, scale: 3 }, 'narrowing', true],
    [int, { type: 'decimal', precision: 10, scale: 0 }, 'widening', true],
    [int, { type: 'decimal', precision: 10, scale: 1 }, 'narrowing', true],
    [{ type: 'decimal', precision: 4, scale: 0 }, int, 'narrowing', true],
    [{ type: 'enum', values: ['a'] }, { type: 'enum', values: ['a', 'b'] }, 'widening', false],
    [{ type: 'enum', values: ['a', 'b'] }, { type: 'enum', values: ['c', 'b', 'a'] }, 'widening', true],
    [{ type: 'enum', values: ['a', 'b'] }, { type: 'enum', values: ['a'] }, 'narrowing', true],
    [{ type: 'enum', values: values(255) }, { type: 'enum', values: values(256) }, 'widening', true],
    [{ type: 'enum', values: ['abc'] }, text(3), 'widening', true],
    [{ type: 'enum', values: ['abc'] }, text(2), 'narrowing', true],
    [text(3), { type: 'enum', values: ['a'] }, 'narrowing', true],
    [native("set('a')"), native("set('a','b')"), 'widening', false],
    [native("set('a','b')"), native("set('b')"), 'narrowing', true],
    [native('char(3)'), text(3), 'widening', true],
    [text(3), native('char(3)'), 'narrowing', true],
    [{ type: 'datetime' }, { type: 'datetime', precision: 3 }, 'widening', true],
    [{ type: 'datetime', precision: 3 }, { type: 'datetime' }, 'narrowing', true],
    [{ type: 'datetime' }, native('timestamp'), 'lateral', true],
    [{ type: 'binary', length: 20 }, { type: 'binary', length: 255 }, 'widening', false],
    [{ type: 'binary', length: 255 }, { type: 'binary', length: 256 }, 'widening', true],
    [{ type: 'binary' }, native('longblob'), 'widening', true],
    [text(10), int, 'lateral', true],
    [{ type: 'text' }, { type: 'json' }, 'lateral', true],
    [native('point'), int, 'impossible', true],
    [int, int, 'widening', false],
  ])('%j to %j: %s', (from, to, kind, rewrites) => {
    expect(types.change(from, to)).toEqual({ kind, rewrites });
  });
});

describe('defaults have one spelling', () => {
  const sql = (value: string): Default => ({ sql: value });
  test.each<readonly [LogicalType, Default, Default]>([
    [{ type: 'boolean' }, { value: '1' }, { value: true }],
    [{ type: 'boolean' }, sql('0'), { value: false }],
    [{ type: 'boolean' }, sql('FALSE'), { value: false }],
    [{ type: 'boolean' }, sql("b'1'"), { value: true }],
    [int, { value: '5' }, { value: 5 }],
    [int, sql('-5'), { value: -5 }],
    [int, sql("('5')"), { value: 5 }],
    [int, { value: true }, { value: 1 }],
    [{ type: 'integer', bits: 64 }, { value: '9223372036854775807' }, { value: '9223372036854775807' }],
    [{ type: 'decimal', precision: 10, scale: 2 }, { value: '1.50' }, { value: 1.5 }],
    [{ type: 'decimal', precision: 10, scale: 2 }, sql('1.5'), { value: 1.5 }],
    [
      { type: 'decimal', precision: 30, scale: 2 },
      { value: '12345678901234567890.10' },
      { value: '12345678901234567890.1' },
    ],
    [text(9), sql("'it''s \\\\ \\n'"), { value: "it's \\ \n" }],
    [text(9), sql("_utf8mb4'x'"), { value: 'x' }],
    [text(9), sql('"x"'), { value: 'x' }],
    [text(9), sql('5'), { value: '5' }],
    [text(9), { value: 'now()' }, { value: 'now()' }],
    [{ type: 'datetime' }, sql('CURRENT_TIMESTAMP'), { now: true }],
    [{ type: 'datetime' }, sql('now()'), { now: true }],
    [{ type: 'datetime', precision: 3 }, sql('now(3)'), { now: true }],
    [{ type: 'datetime' }, sql('current_timestamp(0)'), { now: true }],
    [{ type: 'datetime', precision: 3 }, sql('now()'), { sql: 'current_timestamp' }],
    [native('timestamp(6)'), sql('current_timestamp(6)'), { now: true }],
    [text(30), sql('now()'), { sql: 'current_timestamp' }],
    [{ type: 'date' }, sql('current_date'), { now: true }],
    [{ type: 'datetime' }, { value: '2020-01-01' }, { value: '2020-01-01 00:00:00' }],
    [{ type: 'time', precision: 2 }, { value: '10:00:00.50' }, { value: '10:00:00.5' }],
    [native('bit(4)'), sql("b'0101'"), { sql: "b'101'" }],
    [native('bit(4)'), { value: 5 }, { sql: "b'101'" }],
    [native('binary(3)'), sql('0x616200'), { value: 'ab' }],
    [{ type: 'binary', length: 4 }, sql("X'00FF'"), { sql: '0x00ff' }],
    [text(40), sql('(UUID())'), { sql: 'uuid()' }],
    [int, sql('NULL'), { value: null }],
    [native('year'), sql('2020'), { value: '2020' }],
  ])('%j, %j', (type, value, expected) => {
    expect(types.canonicalDefault(type, value)).toEqual(expected);
    expect(types.canonicalDefault(type, expected)).toEqual(expected);
  });

  test('MariaDB gives `current_timestamp` the precision of its column', () => {
    expect(mariadb.types.canonicalDefault({ type: 'datetime', precision: 3 }, { sql: 'now()' })).toEqual({ now: true });
    expect(mariadb.types.canonicalDefault({ type: 'datetime', precision: 3 }, { sql: 'now(6)' })).toEqual({
      sql: 'current_timestamp(6)',
    });
  });
});

describe('expressions have one spelling', () => {
  test.each([
    ['( ( a>0 ) )', 'a > 0'],
    ['A  >\n0 AND NOT b', 'a > 0 and not b'],
    ["CONCAT ( `A` ,'x' )", "concat(`A`, 'x')"],
    ["_utf8mb4'x' COLLATE utf8mb4_bin", "'x' collate utf8mb4_bin"],
    ["_latin1'x'", "_latin1'x'"],
    ['"it\'s"', "'it''s'"],
    ["'it\\'s'", "'it''s'"],
    ["'x\\_%'", "'x\\\\_%'"],
    ['a in(1,2)', 'a in (1, 2)'],
    ['((a,b)) in ((1,2))', '((a, b)) in ((1, 2))'],
    ['f((a))', 'f(a)'],
    ['(a) + (b)', '(a) + (b)'],
    ["x'00FF'", '0x00ff'],
    ["b'0101'", "b'101'"],
    ['NOW ( )', 'current_timestamp'],
    ['now(6)', 'current_timestamp(6)'],
    ['t.now', 't.now'],
    ['now', 'now'],
    ['CURRENT_DATE', 'curdate()'],
    ['a /* note */ > 0', 'a > 0'],
    ["doc->>'$.a'", "doc ->> '$.a'"],
    ['count(*)', 'count(*)'],
    ['(select 1)', '(select 1)'],
  ])('%s', (sql, spelled) => {
    expect(canonicalExpression(sql)).toBe(spelled);
    expect(canonicalExpression(spelled)).toBe(spelled);
  });

  test('what cannot be read for sure stays as it is', () => {
    for (const sql of ['a--1 > 0', 'a # b', '/*!50000 a */ > 0', "a > 'open", '/*+ x */ a'])
      expect(canonicalExpression(` ${sql} `)).toBe(sql);
  });

  test.each([
    ["'a'", "'A'"],
    ["'a'", "' a'"],
    ["'a '", "'a'"],
    ['`a`', '`A`'],
    ["'1'", '1'],
    ['a - 1', 'a - -1'],
    ['a and (b or c)', 'a and b or c'],
    ["_latin1'x'", "'x'"],
    ["n'x'", "'x'"],
    ['T.a', 't.a'],
    ['((1, 2))', '1, 2'],
    ["'x\\\\%'", "'x%'"],
    ["'a''b'", "'ab'"],
    ["'a' 'b'", "'ab'"],
    ["binary 'a'", "'a'"],
    ['1.0', '1'],
    ["x'31'", "'1'"],
    ['a /* b */ > 0', 'a b > 0'],
  ])('%s and %s stay apart', (a, b) => {
    expect(canonicalExpression(a)).not.toBe(canonicalExpression(b));
  });
});

describe('literals', () => {
  test.each(["it's", '\\', "\\'", '\n\r\t\0\u001a', '%_', '\\%', '"`?', 'ü€🚀', ''])('%j comes back', (value) => {
    expect(unquoteString(literal(value))).toBe(value);
  });

  test('the catalog of MySQL is undone', () => {
    expect(unescapeCatalogText("concat(_utf8mb4\\'\u00c3\u00bc\\\\\\'\\\\n\\',`a\\\\b`)")).toBe(
      "concat(_utf8mb4'ü\\'\\n',`a\\b`)",
    );
    expect(unescapeCatalogText('ü €')).toBe('ü €');
  });
});

test('a key takes four bytes for a character', () => {
  expect(types.keyBytes(text(255))).toBe(1020);
  expect(types.keyBytes(text(255), 10)).toBe(40);
  expect(types.keyBytes({ type: 'text' })).toBeUndefined();
  expect(types.keyBytes({ type: 'text' }, 10)).toBe(40);
  expect(types.keyBytes({ type: 'date' })).toBe(3);
  expect(types.keyBytes(native('binary(32)'))).toBe(32);
});
