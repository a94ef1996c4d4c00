import type { ChangeType } from '../../operations/change-type.ts';
import { entryOf } from '../../schema/entry-of.ts';
import type { LogicalType } from '../../schema/logical-type.ts';
import type { Column, Schema } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { widenSequence } from './auto-increment.ts';
import { collate } from './column-sql.ts';
import { canonicalDefault, writeDefault } from './default.ts';
import { keptStatements, refusePinned } from './kept-sql.ts';
import { quote, quoteKey } from './quote.ts';
import { generatedFrom, remakeColumns } from './remake-columns.ts';
import { castOf } from './type-change.ts';
import { normalType, writeType } from './types.ts';

/** One `alter table`: the default goes, the type changes, the default comes back in the new type. */
export function changeTypeStatements(operation: ChangeType, schema: Schema): Statement[] {
  const { table, column, to } = operation;
  const within = entryOf(schema.tables, table);
  const found = entryOf(within?.columns, column);
  const action = `alter column ${quote(column)} type ${writeType(to)}${collate(operation.toCollation)}${usingClause(operation, found)}`;
  const alter = { text: `alter table ${quoteKey(table)} ${withDefault(column, action, keptDefault(found, to))}` };
  const sequence = found?.autoIncrement && to.type === 'integer' ? [widenSequence(table, column, writeType(to))] : [];
  if (found) refusePinned(found);
  const kept = found ? keptStatements(table, { ...found, type: to }, { byType: true }) : [];
  const change = [alter, ...sequence, ...kept];
  return within ? remakeColumns(within, generatedFrom(within, [column]), change) : change;
}

/** The alteration between taking a default away and giving it back; alone where there is none. */
export function withDefault(column: string, change: string, value: string | undefined): string {
  if (value === undefined) return change;
  return `alter column ${quote(column)} drop default, ${change}, alter column ${quote(column)} set default ${value}`;
}

/** A column's default as the new type writes it. */
function keptDefault(column: Column | undefined, to: LogicalType): string | undefined {
  if (!column?.default || column.autoIncrement || column.generated) return undefined;
  const type = normalType(to);
  return writeDefault(type, canonicalDefault(type, column.default));
}

/**
 * Always to the type without its length: the server then assigns the result to the column, and an assignment fails
 * where an explicit cast would cut the value without a word.
 */
function usingClause({ column, from, to }: ChangeType, found: Column | undefined): string {
  if (found?.generated) return '';
  const [old, wanted] = [normalType(from), normalType(to)];
  const name = quote(column);
  const bare = unmodified(wanted);
  switch (castOf(old, wanted)) {
    case 'none':
      return '';
    case 'truth':
      return ` using ${name} <> 0`;
    case 'integer':
      return ` using ${name}::integer::${bare}`;
    case 'text':
      return ` using ${name}::text::${bare}`;
    case 'direct':
      return ` using ${name}::${bare}`;
  }
}

function unmodified(type: LogicalType): string {
  switch (type.type) {
    case 'string':
      return 'text';
    case 'decimal':
      return 'numeric';
    case 'time':
    case 'datetime':
      return writeType({ type: type.type, ...(type.zone && { zone: true }) });
    default:
      return writeType(type);
  }
}
