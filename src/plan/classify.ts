import type { Dialect } from '../dialects/dialect.ts';
import { worseClass, type ChangeClass } from '../operations/change-class.ts';
import type { Operation, OperationKind, OperationOf } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';

type Classifier = Pick<Dialect, 'traits' | 'types'>;
type Classify<K extends OperationKind> =
  | ChangeClass
  | ((operation: OperationOf<K>, schema: Schema, dialect: Classifier) => ChangeClass);

/** The class of an operation on this database: one entry per kind, from which docs/policy.md is made. */
export function classify(operation: Operation, schema: Schema, dialect: Classifier): ChangeClass {
  const entry = classes[operation.kind] as Classify<OperationKind>;
  const base = typeof entry === 'string' ? entry : entry(operation, schema, dialect);
  return dialect.traits.rebuilds.has(operation.kind) ? worseClass(base, 'rebuilding') : base;
}

/** The class of each kind, by itself or by what the operation holds. */
export const classes: { readonly [K in OperationKind]: Classify<K> } = {
  createTable: 'additive',
  dropTable: 'destructive',
  renameTable: 'widening',
  addColumn: 'additive',
  dropColumn: ({ column }) => (column.generated ? 'widening' : 'destructive'),
  renameColumn: 'widening',
  changeType: ({ change, from, to }, _schema, { types }) => {
    if (change === 'narrowing') return 'destructive';
    if (change === 'lateral') return 'data-dependent';
    return types.change(from, to).rewrites ? 'rebuilding' : 'widening';
  },
  setNullability: ({ nullable }) => (nullable ? 'widening' : 'data-dependent'),
  setDefault: 'additive',
  setOnUpdate: 'additive',
  setComment: 'additive',
  setAutoIncrement: ({ autoIncrement }) => (autoIncrement ? 'rebuilding' : 'widening'),
  changeGenerated: ({ before }) => (before.generated ? 'rebuilding' : 'destructive'),
  addPrimaryKey: 'data-dependent',
  dropPrimaryKey: 'widening',
  addIndex: ({ index }) => (index.unique ? 'data-dependent' : 'additive'),
  dropIndex: 'widening',
  renameIndex: 'additive',
  addForeignKey: 'data-dependent',
  dropForeignKey: 'widening',
  addCheck: 'data-dependent',
  dropCheck: 'widening',
  createNamespace: 'additive',
  dropNamespace: 'widening',
  createEnum: 'additive',
  alterEnum: ({ from, to }) => (from.every((value) => to.includes(value)) ? 'widening' : 'destructive'),
  dropEnum: 'widening',
  createView: 'additive',
  replaceView: 'widening',
  dropView: 'widening',
  createTrigger: 'additive',
  dropTrigger: 'widening',
  setPartitioning: 'rebuilding',
  backfill: 'data-dependent',
  rawSql: ({ declared }) => (declared === 'dataDependent' ? 'data-dependent' : declared),
  alterTable: ({ changes }, schema, dialect) =>
    changes.reduce<ChangeClass>((worst, change) => worseClass(worst, classify(change, schema, dialect)), 'additive'),
};
