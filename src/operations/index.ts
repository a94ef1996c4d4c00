import type { Schema } from '../schema/schema.ts';
import { createTable, type CreateTable } from './create-table.ts';
import { dropTable, type DropTable } from './drop-table.ts';
import { renameTable, type RenameTable } from './rename-table.ts';
import { addColumn, type AddColumn } from './add-column.ts';
import { dropColumn, type DropColumn } from './drop-column.ts';
import { renameColumn, type RenameColumn } from './rename-column.ts';
import { changeType, type ChangeType } from './change-type.ts';
import { setNullability, type SetNullability } from './set-nullability.ts';
import { setDefault, type SetDefault } from './set-default.ts';
import { setOnUpdate, type SetOnUpdate } from './set-on-update.ts';
import { setComment, type SetComment } from './set-comment.ts';
import { setAutoIncrement, type SetAutoIncrement } from './set-auto-increment.ts';
import { changeGenerated, type ChangeGenerated } from './change-generated.ts';
import { addPrimaryKey, type AddPrimaryKey } from './add-primary-key.ts';
import { dropPrimaryKey, type DropPrimaryKey } from './drop-primary-key.ts';
import { addIndex, type AddIndex } from './add-index.ts';
import { dropIndex, type DropIndex } from './drop-index.ts';
import { renameIndex, type RenameIndex } from './rename-index.ts';
import { addForeignKey, type AddForeignKey } from './add-foreign-key.ts';
import { dropForeignKey, type DropForeignKey } from './drop-foreign-key.ts';
import { addCheck, type AddCheck } from './add-check.ts';
import { dropCheck, type DropCheck } from './drop-check.ts';
import { createNamespace, type CreateNamespace } from './create-namespace.ts';
import { dropNamespace, type DropNamespace } from './drop-namespace.ts';
import { createEnum, type CreateEnum } from './create-enum.ts';
import { alterEnum, type AlterEnum } from './alter-enum.ts';
import { dropEnum, type DropEnum } from './drop-enum.ts';
import { createView, type CreateView } from './create-view.ts';
import { replaceView, type ReplaceView } from './replace-view.ts';
import { dropView, type DropView } from './drop-view.ts';
import { createTrigger, type CreateTrigger } from './create-trigger.ts';
import { dropTrigger, type DropTrigger } from './drop-trigger.ts';
import { setPartitioning, type SetPartitioning } from './set-partitioning.ts';
import { backfill, type Backfill } from './backfill.ts';
import { rawSql, type RawSql } from './raw-sql.ts';
import { alterTable, type AlterTable } from './alter-table.ts';
import type { OperationDefinition, Undo } from './definition.ts';

/** One typed schema change: plain JSON, the same on every database. It carries what it changes, before and after. */
export type Operation =
  | CreateTable
  | DropTable
  | RenameTable
  | AddColumn
  | DropColumn
  | RenameColumn
  | ChangeType
  | SetNullability
  | SetDefault
  | SetOnUpdate
  | SetComment
  | SetAutoIncrement
  | ChangeGenerated
  | AddPrimaryKey
  | DropPrimaryKey
  | AddIndex
  | DropIndex
  | RenameIndex
  | AddForeignKey
  | DropForeignKey
  | AddCheck
  | DropCheck
  | CreateNamespace
  | DropNamespace
  | CreateEnum
  | AlterEnum
  | DropEnum
  | CreateView
  | ReplaceView
  | DropView
  | CreateTrigger
  | DropTrigger
  | SetPartitioning
  | Backfill
  | RawSql
  | AlterTable;

export type OperationKind = Operation['kind'];
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>;
export type { Undo } from './definition.ts';

/** The table of all kinds: the compiler asks for an entry when the union grows. */
type Definitions = { readonly [K in OperationKind]: OperationDefinition<OperationOf<K>, Operation> };

const definitions: Definitions = {
  createTable,
  dropTable,
  renameTable,
  addColumn,
  dropColumn,
  renameColumn,
  changeType,
  setNullability,
  setDefault,
  setOnUpdate,
  setComment,
  setAutoIncrement,
  changeGenerated,
  addPrimaryKey,
  dropPrimaryKey,
  addIndex,
  dropIndex,
  renameIndex,
  addForeignKey,
  dropForeignKey,
  addCheck,
  dropCheck,
  createNamespace,
  dropNamespace,
  createEnum,
  alterEnum,
  dropEnum,
  createView,
  replaceView,
  dropView,
  createTrigger,
  dropTrigger,
  setPartitioning,
  backfill,
  rawSql,
  alterTable: alterTable({ describe: describeOperation, object: objectOf, undo: undoOperation, apply: applyOperation }),
};

function definitionOf<K extends OperationKind>(
  operation: OperationOf<K>,
): OperationDefinition<OperationOf<K>, Operation> {
  return definitions[operation.kind];
}

/** Every kind that this version knows. */
export const operationKinds = Object.keys(definitions) as readonly OperationKind[];

/** True for a kind that this version knows, however the rest of it may be. */
export function isKnownKind(kind: unknown): kind is OperationKind {
  return typeof kind === 'string' && Object.hasOwn(definitions, kind);
}

/** One sentence about an operation, for people. */
export function describeOperation(operation: Operation): string {
  return definitionOf(operation).describe(operation);
}

/** The name of the object that an operation changes. */
export function objectOf(operation: Operation): string {
  return definitionOf(operation).object(operation);
}

/** The inverse of an operation. */
export function undoOperation(operation: Operation): Undo<Operation> {
  return definitionOf(operation).undo(operation);
}

/** The schema after an operation; pure. Asked for the same again, as while a file is resolved, planned and checked, it is the same object. */
export function applyOperation(schema: Schema, operation: Operation): Schema {
  const last = lastApplied.get(schema);
  if (last?.operation === operation) return last.after;
  const after = definitionOf(operation).apply(schema, operation);
  lastApplied.set(schema, { operation, after });
  return after;
}

const lastApplied = new WeakMap<Schema, { readonly operation: Operation; readonly after: Schema }>();

/** The keys of the tables that an operation touches. */
export function tablesOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createTable':
    case 'dropTable':
      return [operation.table.name];
    case 'renameTable':
      return [operation.from, operation.to];
    case 'addForeignKey':
    case 'dropForeignKey':
      return [operation.table, operation.foreignKey.references.table];
    default:
      return 'table' in operation ? [operation.table] : [];
  }
}
