import { enumCheck } from '../../dialects/desired-form.ts';
import { entryOf } from '../../schema/entry-of.ts';
import { editTable } from '../../schema/edit.ts';
import type { Operation } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Side } from './side.ts';

/** The values that a column may have, before and after an operation of the connected database. */
interface EnumChange {
  readonly table: string;
  readonly column: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The schema before the values of enums changed, on a database that says them in the column's type or by a check. */
export function enumsBefore(after: Schema, operation: Operation, { other, connected }: EnumSides): Schema {
  return enumChanges(operation, connected).reduce((schema, change) => takeValuesBack(schema, change, other), after);
}

interface EnumSides {
  readonly other: Side;
  readonly connected: Side;
}

function enumChanges(operation: Operation, { desired }: Side): readonly EnumChange[] {
  if (operation.kind === 'changeType') {
    const { table, column, from, to } = operation;
    return from.type === 'enum' && to.type === 'enum' ? [{ table, column, from: from.values, to: to.values }] : [];
  }
  if (operation.kind !== 'alterEnum') return [];
  const { name, from, to } = operation;
  return Object.values(desired.tables).flatMap((table) =>
    Object.values(table.columns)
      .filter(({ type }) => type.type === 'enum' && type.name === name)
      .map((column) => ({ table: table.name, column: column.name, from, to })),
  );
}

function takeValuesBack(schema: Schema, { table, column, from, to }: EnumChange, { dialect }: Side): Schema {
  const written = enumCheck(dialect, column, { values: to, isArray: false });
  const before = enumCheck(dialect, column, { values: from, isArray: false });
  return editTable(schema, table, (found) => {
    const own = entryOf(found.columns, column);
    const columns =
      own?.type.type === 'enum' && own.type.name === undefined
        ? { ...found.columns, [column]: { ...own, type: { ...own.type, values: from } } }
        : found.columns;
    const checks = found.checks.map((check) =>
      check.expression === written ? { ...check, expression: before } : check,
    );
    return { ...found, columns, checks };
  });
}
