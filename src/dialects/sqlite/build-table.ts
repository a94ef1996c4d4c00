import { sha256 } from '../../schema/sha256.ts';
import { tableKey } from '../../schema/names.ts';
import type {
  Check,
  Column,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  ReferentialAction,
  Table,
  Trigger,
} from '../../schema/schema.ts';
import type { CatalogColumn, CatalogForeignKeyPart, CatalogIndexPart } from './catalog.ts';
import { parseDefault } from './default-value.ts';
import { canonicalExpression, stripParentheses } from './expression.ts';
import { fold } from './lexis.ts';
import { parseCreateIndex } from './parse-create-index.ts';
import { parseCreateTable, type ParsedTable } from './parse-create-table.ts';
import { autoName } from './auto-name.ts';
import { types } from './types.ts';
import { writeStorage } from './storage.ts';

/** What the catalog says about one table. */
export interface TableRows {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly CatalogColumn[];
  readonly indexParts: readonly CatalogIndexPart[];
  /** In the order of the table's text. */
  readonly foreignKeyParts: readonly CatalogForeignKeyPart[];
  /** The text of each `create index` by the index's name. */
  readonly indexSql: ReadonlyMap<string, string>;
  readonly triggers: readonly Trigger[];
}

/** Puts a table together from its rows and its text. */
export function buildTable(rows: TableRows): Table {
  const parsed = parseCreateTable(rows.sql);
  const key = rows.columns.filter((column) => column.key > 0).sort((a, b) => a.key - b.key);
  const alias = rowidAlias(rows, parsed, key);
  const columns = rows.columns.map((column, at) => buildColumn(column, parsed.columns[at], column.name === alias));
  const collations = new Map(columns.map(({ name, collation }) => [name, collation ?? 'BINARY']));
  const primaryKey = buildPrimaryKey(parsed, key);
  const storage = writeStorage({ rows, parsed, alias, key });
  return {
    name: tableKey(rows.name),
    columns: Object.fromEntries(columns.map((column) => [column.name, column])),
    ...(primaryKey && { primaryKey }),
    indexes: buildIndexes(rows, parsed, collations),
    foreignKeys: buildForeignKeys(rows, parsed),
    checks: buildChecks(parsed),
    triggers: rows.triggers,
    ...(storage && { storage }),
  };
}

/** The one INTEGER column that is the key: another name for the rowid, unless it is DESC, which an index of its own shows. */
function rowidAlias(rows: TableRows, parsed: ParsedTable, key: readonly CatalogColumn[]): string | undefined {
  const [only, second] = key;
  if (!only || second || parsed.withoutRowid || fold(only.type) !== 'integer') return undefined;
  return rows.indexParts.some(({ origin }) => origin === 'pk') ? undefined : only.name;
}

function buildColumn(row: CatalogColumn, parsed: ParsedTable['columns'][number] | undefined, isAlias: boolean): Column {
  const type = types.read(row.type);
  const value = row.default === null || parsed?.generated ? undefined : parseDefault(type, row.default);
  const collation = parsed?.collation && fold(parsed.collation) !== 'binary' ? parsed.collation : undefined;
  return {
    name: row.name,
    type,
    nullable: row.notNull === 0 && row.key === 0,
    ...(value && { default: value }),
    ...(isAlias && { autoIncrement: true as const }),
    ...(parsed?.generated && {
      generated: { ...parsed.generated, expression: stripParentheses(parsed.generated.expression) },
    }),
    ...(collation && { collation }),
  };
}

function buildPrimaryKey(parsed: ParsedTable, key: readonly CatalogColumn[]): PrimaryKey | undefined {
  if (key.length === 0) return undefined;
  const name = parsed.primaryKey?.name;
  return { ...(name !== undefined && { name }), columns: key.map((column) => column.name) };
}

function buildIndexes(rows: TableRows, parsed: ParsedTable, collations: ReadonlyMap<string, string>): Index[] {
  const names = new Set<string>();
  const groups = groupBy(
    rows.indexParts.filter(({ origin }) => origin !== 'pk'),
    ({ index }) => index,
  );
  return groups.map((parts) => buildIndex(rows, parsed, { parts, collations, names }));
}

interface IndexContext {
  readonly parts: readonly CatalogIndexPart[];
  readonly collations: ReadonlyMap<string, string>;
  readonly names: Set<string>;
}

function buildIndex(rows: TableRows, parsed: ParsedTable, { parts, collations, names }: IndexContext): Index {
  const [first] = parts;
  const catalogName = first?.index ?? '';
  const isConstraint = first?.origin === 'u';
  const text = isConstraint ? undefined : parseCreateIndex(rows.indexSql.get(catalogName) ?? '');
  const columns = parts.map(({ column }) => fold(column ?? ''));
  const declared = isConstraint
    ? parsed.uniques.find((unique) => unique.columns.map(fold).join('\n') === columns.join('\n'))
    : undefined;
  // SQLite numbers the indexes of constraints anew with each rebuild: its name would come to mean another one.
  const autoIndex = (): string => autoName('index', parts.map(({ column }) => column).join('_'), names);
  return {
    name: isConstraint ? (declared?.name ?? autoIndex()) : catalogName,
    parts: parts.map((part, at) => buildPart(part, text?.parts[at], collations)),
    unique: first?.isUnique === 1,
    ...(isConstraint && { constraint: true as const }),
    ...(text?.where !== undefined && { where: stripParentheses(text.where) }),
  };
}

function buildPart(
  part: CatalogIndexPart,
  expression: string | undefined,
  collations: ReadonlyMap<string, string>,
): IndexPart {
  const descending = part.isDescending === 1 && { descending: true as const };
  // An expression brings its collation in its own text.
  if (part.column === null) return { expression: stripParentheses(expression ?? ''), ...descending };
  const isOwn = fold(part.collation) === fold(collations.get(part.column) ?? 'BINARY');
  return { column: part.column, ...descending, ...(!isOwn && { collation: part.collation }) };
}

function buildForeignKeys(rows: TableRows, parsed: ParsedTable): ForeignKey[] {
  const names = new Set<string>();
  return groupBy(rows.foreignKeyParts, ({ id }) => String(id)).map((parts, at) => {
    const [first] = parts;
    const { name, deferrable } = parsed.foreignKeys[at] ?? {};
    const columns = parts.map(({ column }) => column);
    return {
      name: name ?? autoName('foreignkey', columns.join('_'), names),
      columns,
      references: {
        table: tableKey(first?.parent ?? ''),
        columns: parts.flatMap(({ parentColumn }) => (parentColumn === null ? [] : [parentColumn])),
      },
      ...action('onDelete', first?.onDelete),
      ...action('onUpdate', first?.onUpdate),
      ...(deferrable && { deferrable }),
    };
  });
}

function action(
  key: 'onDelete' | 'onUpdate',
  rule: string | undefined,
): Partial<Pick<ForeignKey, 'onDelete' | 'onUpdate'>> {
  const spelled = (rule ?? 'NO ACTION').toLowerCase() as ReferentialAction;
  return spelled === 'no action' ? {} : { [key]: spelled };
}

function buildChecks(parsed: ParsedTable): Check[] {
  const names = new Set<string>();
  return parsed.checks.map(({ name, expression }) => ({
    name: name ?? autoName('check', sha256(canonicalExpression(expression)).slice(0, 8), names),
    expression: stripParentheses(expression),
  }));
}

/** Neighbours with the same key, in order. */
function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups.values()];
}
