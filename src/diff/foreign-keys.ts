import { isSameData } from '../schema/canonical.ts';
import type { ForeignKey, Table } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';
import type { DiffContext } from './context.ts';
import type { Difference } from './difference.ts';
import { matchMultisets } from './match.ts';

/** Missing and surplus foreign keys of one table. One that is ours and changed is replaced; any other surplus is reported. */
export function diffForeignKeys(desired: Table, actual: Table, context: DiffContext): Partial<Difference> {
  const { missing, surplus } = matchMultisets(desired.foreignKeys, actual.foreignKeys, isSameForeignKey);
  const replaced = surplus.filter((key) => missing.some((other) => isSameData(other.columns, key.columns)));
  const ours = surplus.filter(({ name }) => context.isOurs({ kind: 'foreignKey', table: actual.name, name }));
  const dropped = surplus.filter((key) => replaced.includes(key) || ours.includes(key));
  return {
    changes: [
      ...dropped.map((foreignKey): Operation => ({ kind: 'dropForeignKey', table: actual.name, foreignKey })),
      ...missing.map((foreignKey): Operation => ({ kind: 'addForeignKey', table: desired.name, foreignKey })),
    ],
    notOurs: surplus
      .filter((key) => !dropped.includes(key))
      .map(({ name }) => ({ kind: 'foreignKey', table: actual.name, name })),
  };
}

/** Same columns, same parent, same actions. */
export function isSameForeignKey(wanted: ForeignKey, found: ForeignKey): boolean {
  const facets = (key: ForeignKey): unknown => [
    key.references,
    key.onDelete ?? 'no action',
    key.onUpdate ?? 'no action',
    key.deferrable,
    key.invalid,
  ];
  return isSameData(wanted.columns, found.columns) && isSameData(facets(wanted), facets(found));
}
