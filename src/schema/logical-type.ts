import type { SqlByDialect } from './sql-by-dialect.ts';

/** A column's type by what it means, portable between databases. `native` is what no other member can say. */
export type LogicalType =
  | { readonly type: 'string'; readonly length: number }
  | { readonly type: 'text'; readonly size?: 'tiny' | 'medium' | 'long' }
  | { readonly type: 'integer'; readonly bits: 8 | 16 | 24 | 32 | 64; readonly unsigned?: true }
  | { readonly type: 'decimal'; readonly precision: number; readonly scale: number; readonly unsigned?: true }
  | { readonly type: 'float' | 'double' | 'boolean' | 'date' | 'uuid' | 'json' }
  | { readonly type: 'time' | 'datetime'; readonly precision?: number; readonly zone?: true }
  | { readonly type: 'binary'; readonly length?: number }
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly name?: string }
  | { readonly type: 'native'; readonly sql: SqlByDialect };

/** The type in a person's words: `string(255)`, `integer`, `datetime(3) with zone`. */
export function describeType(type: LogicalType): string {
  switch (type.type) {
    case 'string':
      return `string(${type.length})`;
    case 'text':
      return type.size ? `${type.size}text` : 'text';
    case 'integer':
      return `${type.unsigned ? 'unsigned ' : ''}integer${type.bits === 32 ? '' : `(${type.bits} bit)`}`;
    case 'decimal':
      return `${type.unsigned ? 'unsigned ' : ''}decimal(${type.precision},${type.scale})`;
    case 'time':
    case 'datetime':
      return `${type.type}${type.precision ? `(${type.precision})` : ''}${type.zone ? ' with zone' : ''}`;
    case 'binary':
      return type.length ? `binary(${type.length})` : 'binary';
    case 'enum':
      return `enum(${type.values.join(', ')})`;
    case 'native':
      return typeof type.sql === 'string' ? type.sql : Object.values(type.sql).join(' / ');
    default:
      return type.type;
  }
}
