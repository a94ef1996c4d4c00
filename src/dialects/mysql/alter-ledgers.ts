import type { Column } from '../../schema/schema.ts';
import type { TableChange } from '../../operations/alter-table.ts';
import { notSupported, type Flavor } from './flavor.ts';
import { emptyLedger, noteAdded, noteDropped, noteRenamed, noteTouched, type Ledger } from './ledger.ts';

/** What several changes of one table come to. */
export interface AlterLedgers {
  readonly columns: Ledger;
  readonly indexes: Ledger;
  readonly checks: Ledger;
  readonly foreignKeys: Ledger;
  readonly facets: Set<'dropPrimaryKey' | 'addPrimaryKey' | 'comment' | 'partitioning'>;
}

/** Reads changes in their order. */
export function readChanges(flavor: Flavor, changes: readonly TableChange[]): AlterLedgers {
  const ledgers: AlterLedgers = {
    columns: emptyLedger(),
    indexes: emptyLedger(),
    checks: emptyLedger(),
    foreignKeys: emptyLedger(),
    facets: new Set(),
  };
  for (const change of changes) noteChange(flavor, ledgers, change);
  return ledgers;
}

function noteChange(flavor: Flavor, ledgers: AlterLedgers, change: TableChange): void {
  const { columns, indexes, checks, foreignKeys, facets } = ledgers;
  switch (change.kind) {
    case 'addColumn':
      return noteAdded(columns, change.column.name);
    case 'dropColumn':
      return noteDropped(columns, change.column.name);
    case 'renameColumn':
      return noteRenamed(columns, change.from, change.to);
    case 'changeType':
    case 'setNullability':
    case 'setDefault':
    case 'setOnUpdate':
    case 'setAutoIncrement':
      return noteTouched(columns, change.column, change.kind);
    case 'setComment':
      return change.column === undefined
        ? void facets.add('comment')
        : noteTouched(columns, change.column, change.kind);
    case 'changeGenerated':
      return noteGenerated(flavor, columns, change);
    case 'addPrimaryKey':
    case 'dropPrimaryKey':
      return void facets.add(change.kind);
    case 'addIndex':
      return noteAdded(indexes, change.index.name);
    case 'dropIndex':
      return noteDropped(indexes, change.index.name);
    case 'renameIndex':
      return noteRenamed(indexes, change.from, change.to);
    case 'addForeignKey':
      return noteAdded(foreignKeys, change.foreignKey.name);
    case 'dropForeignKey':
      return noteDropped(foreignKeys, change.foreignKey.name);
    case 'addCheck':
      return noteAdded(checks, change.check.name);
    case 'dropCheck':
      return noteDropped(checks, change.check.name);
    case 'setPartitioning':
      return void facets.add('partitioning');
    case 'createTrigger':
    case 'dropTrigger':
      return;
  }
}

// Manual, "ALTER TABLE and Generated Columns": a virtual column changes its kind only by being dropped and added.
function noteGenerated(
  flavor: Flavor,
  columns: Ledger,
  { before, after }: { readonly before: Column; readonly after: Column },
): void {
  const wasVirtual = before.generated?.stored === false;
  const isVirtual = after.generated?.stored === false;
  if (wasVirtual && !after.generated)
    throw notSupported(
      flavor,
      `make a plain column of the virtual ${after.name} and keep its values; make it stored first`,
      'createTable',
    );
  if (wasVirtual === isVirtual) return noteTouched(columns, after.name, 'changeGenerated');
  noteDropped(columns, before.name);
  noteAdded(columns, after.name);
}
