import type { LogicalType } from '../../schema/logical-type.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';

/** The text of a type that only these databases have; empty for every other type. */
export function nativeSql(type: LogicalType): string {
  return type.type === 'native' ? (sqlFor('mariadb', type.sql) ?? '') : '';
}
