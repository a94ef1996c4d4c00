import { tableKey } from '../../schema/names.ts';
import type { ForeignKey, Index, IndexPart, PrimaryKey, ReferentialAction } from '../../schema/schema.ts';
import type { ForeignKeyRow, IndexRow, RuleRow } from './catalog.ts';
import type { Catalog } from './inspect.ts';

/** The primary key, from the index that is always called so. */
export function readPrimaryKey(rows: readonly IndexRow[]): PrimaryKey | undefined {
  const columns = rows.filter(({ indexName }) => indexName === 'PRIMARY').flatMap(({ columnName }) => columnName ?? []);
  return columns.length > 0 ? { columns } : undefined;
}

/** All other indexes, those that a foreign key made among them. */
export function readIndexes(catalog: Catalog, rows: readonly IndexRow[]): Index[] {
  const names = [...new Set(rows.map(({ indexName }) => indexName))].filter((name) => name !== 'PRIMARY');
  return names.toSorted().map((name) =>
    readIndex(
      catalog,
      rows.filter(({ indexName }) => indexName === name),
    ),
  );
}

function readIndex(catalog: Catalog, rows: readonly IndexRow[]): Index {
  const [first] = rows as readonly [IndexRow];
  const method = first.method.toLowerCase();
  return {
    name: first.indexName,
    parts: rows.map((row) => readPart(catalog, row, method)),
    unique: Number(first.nonUnique) === 0,
    ...(method !== 'btree' && { method: method === 'rtree' ? 'spatial' : method }),
    ...(Number(first.hidden) === 1 && { invisible: true }),
    ...(first.comment && { comment: first.comment }),
  };
}

function readPart(
  catalog: Catalog,
  { columnName, expression, prefix, direction }: IndexRow,
  method: string,
): IndexPart {
  const key = columnName === null ? { expression: catalog.readExpression(expression ?? '') } : { column: columnName };
  // A spatial index reports 32 for every column.
  return {
    ...key,
    ...(prefix !== null && method !== 'spatial' && { length: Number(prefix) }),
    ...(direction === 'D' && { descending: true }),
  };
}

/** Foreign keys with their actions; RESTRICT is what NO ACTION means to InnoDB (manual, "FOREIGN KEY Constraints"). */
export function readForeignKeys(rows: readonly ForeignKeyRow[], rules: readonly RuleRow[]): ForeignKey[] {
  const names = [...new Set(rows.map(({ constraintName }) => constraintName))].toSorted();
  return names.map((name) => {
    const parts = rows.filter(({ constraintName }) => constraintName === name);
    const [first] = parts as [ForeignKeyRow];
    const rule = rules.find(({ constraintName }) => constraintName === name);
    return {
      name,
      columns: parts.map(({ columnName }) => columnName),
      references: {
        table: Number(first.isOwn) === 1 ? tableKey(first.otherTable) : tableKey(first.otherTable, first.otherSchema),
        columns: parts.map(({ otherColumn }) => otherColumn),
      },
      ...readAction('onDelete', rule?.onDelete),
      ...readAction('onUpdate', rule?.onUpdate),
    };
  });
}

function readAction<Key extends string>(key: Key, rule: string | undefined): { [K in Key]?: ReferentialAction } {
  const action = rule?.toLowerCase();
  return action === 'cascade' || action === 'set null' || action === 'set default'
    ? ({ [key]: action } as { [K in Key]?: ReferentialAction })
    : {};
}
