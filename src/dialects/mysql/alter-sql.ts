import { applyOperation } from '../../operations/index.ts';
import type { TableChange } from '../../operations/alter-table.ts';
import { without } from '../../schema/edit.ts';
import type { Column, Schema, Table } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { readChanges, type AlterLedgers } from './alter-ledgers.ts';
import { refuseUnreadableIn, writeColumn, type Writing } from './column-sql.ts';
import { writeDefault } from './default.ts';
import { writeIndex } from './index-sql.ts';
import { noteTouched, originOf } from './ledger.ts';
import { literal, quote } from './quote.ts';
import { refusePartitioning } from './refuse-partitioning.ts';
import { refuseUnequalEnds } from './refuse-unequal-ends.ts';
import { renameInExpression } from './rename-in-expression.ts';
import { noteDependants, respellRenamed } from './rename-dependants.ts';
import { ansi, isOfColumn, writeCheck, writeForeignKey, writePartitioning } from './table-sql.ts';
import { createTriggerStatement } from './trigger-sql.ts';

/** Several changes of one table as one `alter table`: the server does all of them or none. */
export function writeAlter(
  writing: Writing,
  tableKey: string,
  changes: readonly TableChange[],
  schema: Schema,
): readonly Statement[] {
  const before = schema.tables[tableKey];
  const applied = changes.reduce<Schema>((state, change) => applyOperation(state, change), schema).tables[tableKey];
  if (!before || !applied) return [];
  const ledgers = readChanges(writing.flavor, changes);
  const after = respellRenamed(writing.flavor, stopCounting(applied, ledgers), ledgers);
  if (!writing.flavor.renamesInExpressions) noteDependants(before, after, ledgers);
  const clauses = [
    ...writeDrops(writing, before, ledgers),
    ...writeColumns(writing, { before, after }, ledgers),
    ...writeAdditions(writing, after, ledgers),
    ...writeNeededIndexes(after, ledgers),
  ];
  for (const key of after.foreignKeys)
    if (ledgers.foreignKeys.added.has(key.name)) refuseUnequalEnds(writing.flavor, key, after, schema);
  if (ledgers.facets.has('partitioning')) refusePartitioning(writing.flavor, after, schema);
  const partitioning = ledgers.facets.has('partitioning') ? ` ${writePartitioning(after)}` : '';
  const alter =
    clauses.length > 0 || partitioning
      ? [{ text: `alter table ${ansi.table(tableKey)} ${clauses.join(', ')}${partitioning}` }]
      : [];
  return [...triggersOf(changes, 'dropTrigger'), ...alter, ...triggersOf(changes, 'createTrigger')];
}

/** An index that a foreign key leans on goes only if another comes in the same statement: one like the server's own. */
function writeNeededIndexes({ indexes, primaryKey, foreignKeys }: Table, ledgers: AlterLedgers): string[] {
  if (ledgers.indexes.dropped.size === 0 && !ledgers.facets.has('dropPrimaryKey')) return [];
  const keys = [primaryKey?.columns ?? [], ...indexes.map(({ parts }) => wholeColumns(parts))];
  const taken = new Set(indexes.map(({ name }) => name));
  const bare = foreignKeys.filter(
    ({ name, columns }) =>
      !ledgers.foreignKeys.added.has(name) &&
      !taken.has(name) &&
      !keys.some((key) => columns.every((column, at) => key[at] === column)),
  );
  return bare.map(({ name, columns }) => `add key ${quote(name)} (${ansi.columns(columns)})`);
}

/** The columns that a key begins with; those after a prefix or an expression do not help a foreign key. */
function wholeColumns(parts: Table['indexes'][number]['parts']): readonly string[] {
  const end = parts.findIndex(({ column, length }) => column === undefined || length !== undefined);
  return (end < 0 ? parts : parts.slice(0, end)).map(({ column }) => column ?? '');
}

function triggersOf(changes: readonly TableChange[], kind: 'createTrigger' | 'dropTrigger'): Statement[] {
  return changes.flatMap((change): Statement[] => {
    if (change.kind !== kind) return [];
    if (change.kind === 'createTrigger') return [createTriggerStatement(change.trigger)];
    return change.kind === 'dropTrigger' ? [{ text: `drop trigger ${quote(change.trigger.name)}` }] : [];
  });
}

/** Without a key that it leads a column cannot number its rows: where the primary key goes, so does that, in the same statement. */
function stopCounting(table: Table, { columns, facets }: AlterLedgers): Table {
  if (!facets.has('dropPrimaryKey')) return table;
  const leads = new Set([table.primaryKey?.columns[0], ...table.indexes.map(({ parts }) => parts[0]?.column)]);
  const stop = Object.values(table.columns).find(
    ({ name, autoIncrement }) => autoIncrement && !leads.has(name) && !columns.added.has(name),
  );
  if (!stop) return table;
  noteTouched(columns, stop.name, 'setAutoIncrement');
  return { ...table, columns: { ...table.columns, [stop.name]: without(stop, 'autoIncrement') } };
}

function writeDrops(
  { flavor }: Writing,
  before: Table,
  { foreignKeys, checks, indexes, columns, facets }: AlterLedgers,
): string[] {
  return [
    ...[...foreignKeys.dropped].map((name) => `drop foreign key ${quote(name)}`),
    ...[...checks.dropped]
      .filter((name) => !isOfColumn(flavor, before, name))
      .map((name) => `drop ${flavor.dropCheck} ${quote(name)}`),
    ...(facets.has('dropPrimaryKey') && before.primaryKey ? ['drop primary key'] : []),
    ...[...indexes.dropped].map((name) => `drop index ${quote(name)}`),
    ...[...columns.dropped].map((name) => `drop column ${quote(name)}`),
  ];
}

function writeColumns(
  writing: Writing,
  { before, after }: { readonly before: Table; readonly after: Table },
  { columns, checks }: AlterLedgers,
): string[] {
  const names = Object.keys(after.columns);
  return names.flatMap((name, at): string[] => {
    const column = after.columns[name] as Column;
    if (columns.added.has(name)) {
      const place = columns.dropped.has(name) ? (at === 0 ? ' first' : ` after ${quote(names[at - 1] ?? '')}`) : '';
      return [`add column ${writeColumn(writing, column, after)}${place}`];
    }
    const origin = originOf(columns, name);
    const touched = new Set(columns.touched.get(name));
    // A check that belongs to its column comes and goes with the column's definition.
    const isGone = checks.dropped.has(origin) && isOfColumn(writing.flavor, before, origin);
    if (isGone || (checks.added.has(name) && isOfColumn(writing.flavor, after, name))) touched.add('addCheck');
    if (touched.size === 0) return origin === name ? [] : [`rename column ${quote(origin)} to ${quote(name)}`];
    const own = { checks: checksOfRenamed(after, columns.renamed) };
    if (origin !== name) return [`change column ${quote(origin)} ${writeColumn(writing, column, own)}`];
    return [writeDefaultOnly(writing, column, touched) ?? `modify column ${writeColumn(writing, column, own)}`];
  });
}

/** A check that belongs to its column bears the column's name and names it: both are new after a rename. */
function checksOfRenamed({ checks }: Table, renamed: ReadonlyMap<string, string>): Table['checks'] {
  if (renamed.size === 0) return checks;
  const names = new Map([...renamed].map(([to, from]) => [from, to]));
  return checks.map((check) => ({
    ...check,
    name: names.get(check.name) ?? check.name,
    expression: renameInExpression(check.expression, names),
  }));
}

/** Only the default changes: no copy, where the server does not forget something else by it. */
function writeDefaultOnly({ flavor }: Writing, column: Column, touched: ReadonlySet<string>): string | undefined {
  if (touched.size !== 1 || !touched.has('setDefault')) return undefined;
  if (column.onUpdate !== undefined && flavor.alterDefaultDropsOnUpdate) return undefined;
  refuseUnreadableIn(flavor, column);
  const name = quote(column.name);
  if (column.default) {
    // MySQL refuses even `set default ('x')` here, though it takes the same default in a whole definition.
    const isRefused = isClock(column) || (isTextual(column) && !flavor.literalDefaultOnText);
    return isRefused
      ? undefined
      : `alter column ${name} set default ${writeDefault(flavor, column.type, column.default)}`;
  }
  // `drop default` would leave a nullable column without even `default null`: inserts that leave it out would fail.
  if (!column.nullable) return `alter column ${name} drop default`;
  return isTextual(column) ? undefined : `alter column ${name} set default null`;
}

export const isTextual = ({ type: { type } }: Pick<Column, 'type'>): boolean =>
  type === 'text' || type === 'json' || type === 'binary' || type === 'native';

// `alter column … set default current_timestamp` is not in every supported server's grammar.
const isClock = ({ default: value }: Column): boolean => value !== undefined && 'now' in value;

function writeAdditions(
  writing: Writing,
  after: Table,
  { indexes, checks, foreignKeys, facets }: AlterLedgers,
): string[] {
  const { flavor } = writing;
  return [
    ...[...indexes.renamed].map(([to, from]) => `rename index ${quote(from)} to ${quote(to)}`),
    ...(facets.has('addPrimaryKey') && after.primaryKey
      ? [`add primary key (${ansi.columns(after.primaryKey.columns)})`]
      : []),
    ...after.indexes
      .filter(({ name }) => indexes.added.has(name))
      .map((index) => `add ${writeIndex(writing, index, after)}`),
    ...after.checks
      .filter(({ name }) => checks.added.has(name) && !isOfColumn(flavor, after, name))
      .map((check) => `add ${writeCheck(flavor, check)}`),
    ...after.foreignKeys
      .filter(({ name }) => foreignKeys.added.has(name))
      .map((key) => `add ${writeForeignKey(flavor, key, after)}`),
    ...(facets.has('comment') ? [`comment = ${literal(after.comment ?? '')}`] : []),
  ];
}
