import type { LogicalType } from './logical-type.ts';

/** What a type has for nothing: 0, an empty text, the beginning of the epoch. `undefined` where it has no such value. */
export function zeroValue(type: LogicalType): string | number | boolean | undefined {
  switch (type.type) {
    case 'integer':
    case 'decimal':
    case 'float':
    case 'double':
      return 0;
    case 'string':
    case 'text':
      return '';
    case 'boolean':
      return false;
    case 'date':
      return '1970-01-01';
    case 'datetime':
      return '1970-01-01 00:00:00';
    case 'time':
      return '00:00:00';
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000';
    case 'json':
      return '{}';
    case 'enum':
      return type.values[0];
    case 'binary':
    case 'native':
      return undefined;
  }
}
