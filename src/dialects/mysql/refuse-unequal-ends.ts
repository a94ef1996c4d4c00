import { describeType, type LogicalType } from '../../schema/logical-type.ts';
import type { ForeignKey, Schema, Table } from '../../schema/schema.ts';
import { notSupported, type Flavor } from './flavor.ts';

/**
 * Refuses a foreign key between numbers of different size or sign (manual, "FOREIGN KEY Constraints"): the server would
 * do so half-way through a plan.
 */
export function refuseUnequalEnds(flavor: Flavor, key: ForeignKey, table: Table, schema: Schema): void {
  const parent = key.references.table === table.name ? table : schema.tables[key.references.table];
  for (const [at, name] of key.columns.entries()) {
    const [own, other] = [table.columns[name]?.type, parent?.columns[key.references.columns[at] ?? '']?.type];
    if (!own || !other || isJoinable(own, other)) continue;
    throw notSupported(
      flavor,
      `join ${describeType(own)} and ${describeType(other)} by the foreign key ${key.name}; give both columns one type`,
      'foreignKeys',
    );
  }
}

function isJoinable(a: LogicalType, b: LogicalType): boolean {
  if (a.type !== 'integer' && b.type !== 'integer') return true;
  return a.type === 'integer' && b.type === 'integer' && a.bits === b.bits && a.unsigned === b.unsigned;
}
