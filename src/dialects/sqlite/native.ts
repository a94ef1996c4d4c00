import type { TableChange } from '../../operations/alter-table.ts';
import type { Column, Index, Schema, Table } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { ansi } from './ansi.ts';
import { fold, mentions } from './lexis.ts';
import { notSupported } from './not-supported.ts';
import { literal, quote } from './quote.ts';
import { writeColumn, writeIndex } from './write-table.ts';

/** The statements SQLite itself has for a change; `undefined` where the table must be made anew. */
export function writeNative(change: TableChange, schema: Schema): Statement[] | undefined {
  const table = schema.tables[change.table];
  switch (change.kind) {
    case 'addColumn':
      return table && canAdd(change.column)
        ? [{ text: `alter table ${ansi.table(change.table)} add column ${writeColumn(change.column, table)}` }]
        : undefined;
    case 'dropColumn':
      return table && canDrop(change.column, table, schema)
        ? [{ text: `alter table ${ansi.table(change.table)} drop column ${quote(change.column.name)}` }]
        : undefined;
    case 'renameColumn':
      return renameColumn(change.table, change.from, change.to);
    case 'addIndex':
      // A unique index is the same to SQLite as a unique constraint, and needs no rebuild.
      return [{ text: writeIndex(change.table, change.index) }];
    case 'dropIndex':
      return isConstraint(table, change.index.name) ? undefined : [{ text: `drop index ${quote(change.index.name)}` }];
    case 'renameIndex': {
      const index = table?.indexes.find(({ name }) => name === change.from);
      return index && !index.constraint ? renameIndex(change.table, index, change.to) : undefined;
    }
    case 'createTrigger':
      return [{ text: change.trigger.definition }];
    case 'dropTrigger':
      return [{ text: `drop trigger ${quote(change.trigger.name)}` }];
    case 'setComment':
      throw notSupported('keep a comment', 'lang.html');
    default:
      return undefined;
  }
}

/** With the rule for renames that also respells views and triggers, whatever the connection was set to. */
export const respelling: Statement = { text: 'pragma legacy_alter_table = off' };

function renameColumn(table: string, from: string, to: string): Statement[] {
  return [respelling, { text: `alter table ${ansi.table(table)} rename column ${quote(from)} to ${quote(to)}` }];
}

function renameIndex(table: string, index: Index, to: string): Statement[] {
  return [{ text: `drop index ${quote(index.name)}` }, { text: writeIndex(table, { ...index, name: to }) }];
}

const isConstraint = (table: Table | undefined, index: string): boolean =>
  table?.indexes.find(({ name }) => name === index)?.constraint ?? false;

// https://www.sqlite.org/lang_altertable.html#altertabaddcol: no key, no stored value, and a default that is a constant.
function canAdd({ nullable, default: value, generated, autoIncrement }: Column): boolean {
  if (autoIncrement || generated?.stored) return false;
  if (generated) return nullable;
  if (value === undefined) return nullable;
  if (!('value' in value)) return false;
  return value.value === null ? nullable : !literal(value.value).startsWith('cast(');
}

// https://www.sqlite.org/lang_altertable.html#altertabdropcol. A view or trigger anywhere that cannot be read makes it fail.
function canDrop({ name }: Column, table: Table, schema: Schema): boolean {
  const uses = (sql: string | undefined): boolean => sql !== undefined && mentions(sql, name);
  const has = (columns: readonly string[]): boolean => columns.some((column) => fold(column) === fold(name));
  const indexed = table.indexes.some(
    ({ parts, where }) =>
      uses(where) ||
      parts.some(({ column, expression }) => (column !== undefined && has([column])) || uses(expression)),
  );
  const keyed = has(table.primaryKey?.columns ?? []) || table.foreignKeys.some(({ columns }) => has(columns));
  const computed =
    table.checks.some(({ expression }) => uses(expression)) ||
    Object.values(table.columns).some(({ generated }) => uses(generated?.expression));
  const others = Object.values(schema.tables);
  const referenced = others.some(({ foreignKeys }) =>
    foreignKeys.some(({ references }) => references.table === table.name && has(references.columns)),
  );
  const watched = Object.keys(schema.views).length > 0 || others.some(({ triggers }) => triggers.length > 0);
  return !indexed && !keyed && !computed && !referenced && !watched && Object.keys(table.columns).length > 1;
}
