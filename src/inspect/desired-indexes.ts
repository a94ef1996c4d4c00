import type { DatabaseTable, IndexDef } from '@mikro-orm/sql';
import type { Dialect } from '../dialects/dialect.ts';
import { desiredForms, type DesiredForm } from '../dialects/desired-form.ts';
import { isSameData } from '../schema/canonical.ts';
import type { Deferrable, Index, IndexPart, PrimaryKey } from '../schema/schema.ts';
import type { Orm } from './orm.ts';
import { nullsPlace, parseCreateIndex } from './parse-create-index.ts';
import { stripParentheses } from './sql-text.ts';

export interface IndexReader {
  readonly dialect: Dialect;
  readonly platform: ReturnType<Orm['driver']['getPlatform']>;
  /** Told of an index that cannot be understood. */
  report(index: string, message: string): void;
}

/** The primary key of a table. */
export function readPrimaryKey(table: DatabaseTable, { platform }: IndexReader): PrimaryKey | undefined {
  const key = table.getPrimaryKey();
  if (!key) return undefined;
  return { ...(platform.supportsCustomPrimaryKeyNames() && { name: key.keyName }), columns: key.columnNames };
}

/** Indexes and unique keys, among them one for each reference (its columns) that no other index serves. */
export function readIndexes(
  table: DatabaseTable,
  references: readonly (readonly string[])[],
  reader: IndexReader,
): readonly Index[] {
  const automatic = references.map((columns) => automaticIndex(table, columns, reader));
  const isAutomatic = (index: Index): boolean => automatic.some((made) => isSameData(made, index));
  const all = table
    .getIndexes()
    .filter(({ primary }) => !primary)
    .flatMap((definition) => readIndex(table, definition, reader) ?? []);
  const own = withoutRepetition(all.filter((index) => !isAutomatic(index)));
  const keys = [
    ...own.filter(servesReferences).map(({ parts }) => parts.map(({ column }) => column)),
    table.getPrimaryKey()?.columnNames ?? [],
  ];
  const needed = automatic.filter(
    (index) =>
      !keys.some((columns) =>
        startsWith(
          columns,
          index.parts.map(({ column }) => column),
        ),
      ),
  );
  return [...own, ...withoutRepetition(needed)];
}

function automaticIndex(table: DatabaseTable, columns: readonly string[], { platform }: IndexReader): Index {
  return {
    name: platform.getIndexName(table.name, [...columns], 'index'),
    parts: columns.map((column) => ({ column })),
    unique: false,
  };
}

/** A key over part of the rows, or part of a value, finds no parent. */
function servesReferences({ where, method, parts }: Index): boolean {
  return (
    where === undefined &&
    method === undefined &&
    parts.every(({ column, length }) => column !== undefined && length === undefined)
  );
}

function startsWith(columns: readonly unknown[], wanted: readonly unknown[]): boolean {
  return wanted.length > 0 && wanted.every((column, at) => columns[at] === column);
}

/** A property and its entity may both ask for the same index. */
function withoutRepetition(indexes: readonly Index[]): readonly Index[] {
  return indexes.filter((index, at) => indexes.findIndex((other) => isSameData(other, index)) === at);
}

function readIndex(table: DatabaseTable, definition: IndexDef, reader: IndexReader): Index | undefined {
  const { keyName: name, expression } = definition;
  if (expression === undefined) return structured(table, definition, reader);
  const parsed = parse(table, expression, reader);
  if (parsed) return { name, ...parsed };
  reader.report(name, 'its expression is not a CREATE INDEX statement');
  return undefined;
}

function parse(table: DatabaseTable, sql: string, { dialect }: IndexReader): Omit<Index, 'name'> | undefined {
  const { nullsSortLowest } = desiredForms[dialect.name];
  return parseCreateIndex(sql, {
    lexis: dialect.lexis,
    columns: table.getColumns().map((column) => column.name),
    nullsSortLowest,
  });
}

function structured(table: DatabaseTable, definition: IndexDef, reader: IndexReader): Index {
  const { keyName: name, unique, constraint, deferMode, include, invisible } = definition;
  const form = desiredForms[reader.dialect.name];
  const method = methodOf(definition);
  const fullText = method === 'fulltext' && !form.fullTextMethod ? fullTextIndex(table, definition, reader) : undefined;
  if (fullText) return { name, ...fullText };
  return {
    name,
    parts: partsOf(table, definition, reader),
    unique,
    ...(unique &&
      constraint &&
      form.uniqueConstraints &&
      !definition.columns &&
      !include && { constraint: true as const }),
    ...(definition.where !== undefined && { where: stripParentheses(definition.where, reader.dialect.lexis) }),
    ...(method !== undefined && { method }),
    ...(include && include.length > 0 && { include }),
    ...(unique && form.deferrableUniques && deferrable(deferMode)),
    ...(invisible && { invisible: true as const }),
  };
}

function methodOf({ type }: IndexDef): string | undefined {
  const method = (typeof type === 'string' ? type : type?.indexType)?.toLowerCase();
  return method === 'btree' || method === '' ? undefined : method;
}

/** Where full text is an expression, MikroORM says which. */
function fullTextIndex(
  table: DatabaseTable,
  { keyName, columnNames }: IndexDef,
  reader: IndexReader,
): Omit<Index, 'name'> | undefined {
  if (!reader.platform.supportsCreatingFullTextIndex()) return undefined;
  const columns = columnNames.map((name) => ({ name, type: table.getColumn(name)?.type ?? '' }));
  return parse(table, reader.platform.getFullTextIndexExpression(keyName, undefined, table.name, columns), reader);
}

function partsOf(table: DatabaseTable, definition: IndexDef, reader: IndexReader): readonly IndexPart[] {
  const form = desiredForms[reader.dialect.name];
  return definition.columnNames.map((name) => {
    const options = definition.columns?.find((column) => column.name === name);
    return { ...keyOf(table, name, definition, reader), ...(options && partOptions(options, form)) };
  });
}

/** A path into a JSON column is an expression. */
function keyOf(
  table: DatabaseTable,
  name: string,
  definition: IndexDef,
  { platform, dialect }: IndexReader,
): IndexPart {
  if (table.hasColumn(name) || !name.includes('.')) return { column: name };
  const [expression = name] = platform.getJsonIndexDefinition({ ...definition, columnNames: [name] });
  return { expression: stripParentheses(expression, dialect.lexis) };
}

function partOptions(
  { sort, nulls, length, collation }: NonNullable<IndexDef['columns']>[number],
  form: DesiredForm,
): Omit<IndexPart, 'column' | 'expression'> {
  const descending = String(sort ?? '').toLowerCase() === 'desc';
  return {
    ...(descending && { descending: true as const }),
    ...nullsPlace(nulls, descending, form.nullsSortLowest),
    ...(length !== undefined && { length }),
    ...(collation !== undefined && { collation }),
  };
}

/** MikroORM says `initially immediate` or `initially deferred`. */
export function deferrable(mode: string | undefined): { deferrable?: Deferrable } {
  if (!mode) return {};
  return { deferrable: mode.toLowerCase().endsWith('deferred') ? 'deferred' : 'immediate' };
}
