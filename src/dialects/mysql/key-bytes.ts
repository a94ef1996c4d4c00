import type { LogicalType } from '../../schema/logical-type.ts';
import { nativeSql } from './native-sql.ts';

/** Bytes that a value takes in an InnoDB key; `undefined` where a key must name a prefix length. */
export function keyBytes(
  type: LogicalType,
  options: { readonly length?: number; readonly collation?: string | undefined } = {},
): number | undefined {
  const { length } = options;
  const perCharacter = bytesPerCharacter(options.collation);
  switch (type.type) {
    case 'string':
      return Math.min(length ?? type.length, type.length) * perCharacter;
    case 'text':
      return length === undefined ? undefined : length * perCharacter;
    case 'binary':
      return length ?? type.length;
    case 'uuid':
      return 36 * perCharacter;
    case 'integer':
      return type.bits / 8;
    case 'decimal':
      return Math.ceil((type.precision + 2) / 2);
    case 'boolean':
      return 1;
    case 'float':
      return 4;
    case 'double':
    case 'datetime':
      return 8;
    case 'date':
      return 3;
    case 'time':
      return 6;
    case 'enum':
      return 2;
    case 'json':
      return undefined;
    case 'native':
      return nativeKeyBytes(nativeSql(type), length, perCharacter);
  }
}

/** Most bytes of a character under a collation; utf8mb4 where none is named. */
function bytesPerCharacter(collation: string | undefined): number {
  const charset = collation?.split('_')[0] ?? 'utf8mb4';
  return charsetBytes[charset] ?? 1;
}

const charsetBytes: Readonly<Record<string, number>> = {
  utf8mb4: 4,
  uca1400: 4,
  utf16: 4,
  utf16le: 4,
  utf32: 4,
  gb18030: 4,
  utf8: 3,
  utf8mb3: 3,
  ujis: 3,
  eucjpms: 3,
  ucs2: 2,
  big5: 2,
  gbk: 2,
  gb2312: 2,
  sjis: 2,
  cp932: 2,
  euckr: 2,
};

function nativeKeyBytes(sql: string, length: number | undefined, perCharacter: number): number | undefined {
  const [, name = '', size] = /^(\w+)(?:\((\d+)\))?/u.exec(sql.toLowerCase()) ?? [];
  if (name === 'char') return Math.min(length ?? Infinity, Number(size ?? 1)) * perCharacter;
  if (name === 'binary') return Math.min(length ?? Infinity, Number(size ?? 1));
  if (name.endsWith('blob')) return length;
  return name === 'uuid' || name === 'inet6' ? 16 : 8;
}
