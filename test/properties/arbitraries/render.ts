import { parseTableKey, tableKey } from '../../../src/schema/names.ts';
import type {
  Check,
  Column,
  ForeignKey,
  Generated,
  Index,
  IndexPart,
  Schema,
  Table,
  View,
} from '../../../src/schema/schema.ts';
import type { LogicalType } from '../../../src/schema/logical-type.ts';
import type { DatabaseKind } from '../../support/databases.ts';
import { quoteName } from '../../support/connections/quote.ts';
import { defaultOf, kindOf, type ColumnKind } from './kinds.ts';
import { limits, type Limits } from './limits.ts';
import { pick, type ColumnModel, type ForeignKeyModel, type IndexModel, type Model, type TableModel } from './model.ts';

/** The schema of a model on a database, as its entities would say it. */
export function renderModel(model: Model, database: DatabaseKind): Schema {
  const renderer = new Renderer(model, database);
  const tables = model.tables.map((table) => renderer.table(table));
  const views = model.views.flatMap((view) => renderer.view(view));
  return {
    tables: Object.fromEntries(tables.map((table) => [table.name, table])),
    views: Object.fromEntries(views.map((view) => [view.name, view])),
    enums: renderer.enums(),
  };
}

/** The kind that a column has in the end: that of the key it follows, else its own. */
export function effectiveKind(model: Model, table: TableModel, column: ColumnModel, depth = 0): string {
  const parent = column.follows && model.tables.find(({ id }) => id === column.follows?.table);
  const followed = parent?.columns.find(({ id }) => id === column.follows?.column);
  const isReferred =
    followed && table.foreignKeys.some((key) => key.columns.includes(column.id) && isWhole(model, table, key));
  if (!parent || !isReferred || depth > 9) {
    const source = column.generated && table.columns.find(({ id }) => id === column.generated?.of);
    return source ? source.kind : column.kind;
  }
  return effectiveKind(model, parent, followed, depth + 1);
}

/** True where the foreign key still refers to its parent's whole key. */
export function isWhole(model: Model, table: TableModel, key: ForeignKeyModel): boolean {
  const parent = model.tables.find(({ id }) => id === key.table);
  const columns = key.columns.map((id) => table.columns.find((column) => column.id === id));
  if (!parent || parent.key.length !== columns.length) return false;
  return columns.every(
    (column, at) => column?.follows?.table === key.table && column.follows.column === parent.key[at],
  );
}

class Renderer {
  readonly #model: Model;
  readonly #database: DatabaseKind;
  readonly #limits: Limits;

  constructor(model: Model, database: DatabaseKind) {
    this.#model = model;
    this.#database = database;
    this.#limits = limits[database];
  }

  table(model: TableModel): Table {
    const foreignKeys = model.foreignKeys.flatMap((key) => this.#foreignKey(model, key));
    const columns = model.columns.flatMap((column) => this.#column(model, column));
    const key = model.key.flatMap((id) => this.#nameOf(model, id));
    return {
      name: tableKey(model.name),
      columns: Object.fromEntries(columns.map((column) => [column.name, column])),
      ...(key.length > 0 && { primaryKey: { columns: key } }),
      indexes: [
        ...model.indexes.flatMap((index) => this.#index(model, index)),
        ...model.foreignKeys.flatMap((item) => this.#referenceIndex(model, item)),
      ],
      foreignKeys,
      checks: model.checks.flatMap((check) => this.#check(model, check)),
      triggers: [],
      ...(model.comment !== undefined && this.#limits.comments && { comment: model.comment }),
    };
  }

  view({ name, table, columns }: Model['views'][number]): View[] {
    const found = this.#model.tables.find(({ id }) => id === table);
    const shown = found ? columns.flatMap((id) => this.#nameOf(found, id)) : [];
    if (!found || shown.length === 0) return [];
    const list = shown.map((column) => this.#quote(column)).join(', ');
    return [{ name: tableKey(name), definition: `select ${list} from ${this.#quote(found.name)}` }];
  }

  enums(): Schema['enums'] {
    if (!this.#limits.namedEnums) return {};
    return Object.fromEntries(
      ['named0', 'named1'].flatMap((kind, at) => {
        const { type } = kindOf(kind);
        const values = this.#model.enums[at];
        return type.type === 'enum' && type.name !== undefined && values
          ? [[type.name, { name: type.name, values }] as const]
          : [];
      }),
    );
  }

  #column(table: TableModel, column: ColumnModel): Column[] {
    const kind = this.#kind(table, column);
    const generated = this.#generated(table, column);
    if (column.generated && !generated) return [];
    const isKey = table.key.includes(column.id);
    const value =
      column.default === undefined || generated || isKey ? undefined : defaultOf(kind, column.default, this.#database);
    const isRowid = this.#database === 'sqlite' && isKey && table.key.length === 1 && kind.type.type === 'integer';
    return [
      {
        name: column.name,
        type: this.#type(kind, this.#kindKey(table, column)),
        nullable: !isKey && column.nullable,
        ...(value && { default: value }),
        ...((column.numbered || isRowid) &&
          isKey &&
          table.key.length === 1 &&
          kind.type.type === 'integer' && { autoIncrement: true as const }),
        ...(generated && { generated }),
        ...(column.comment !== undefined && this.#limits.comments && { comment: column.comment }),
      },
    ];
  }

  #type({ type }: ColumnKind, key: string): LogicalType {
    const at = ['named0', 'named1'].indexOf(key);
    return type.type === 'enum' && at >= 0 ? { ...type, values: this.#model.enums[at] ?? [] } : type;
  }

  #generated(table: TableModel, { generated }: ColumnModel): Generated | undefined {
    const source = generated && table.columns.find(({ id }) => id === generated.of);
    if (!source || source.generated || !this.#isFree(table, source)) return undefined;
    if (this.#limits.charsAreNoSource && this.#kindKey(table, source) === 'char') return undefined;
    const name = this.#quote(source.name);
    const templates = {
      text: [`coalesce(${name}, 'y')`, `coalesce(${name}, 'x')`],
      number: [`coalesce(${name}, 0)`, `abs(${name}) - abs(${name})`],
      other: [`coalesce(${name}, null)`, `nullif(${name}, ${name})`],
    };
    const family = kindOf(this.#kindKey(table, source)).family;
    const usable = family === 'number' ? templates.number.slice(0, 1) : templates[family];
    return {
      expression: pick(usable, generated.template) ?? name,
      stored: generated.stored || !this.#limits.virtualColumns,
    };
  }

  #check(table: TableModel, check: TableModel['checks'][number]): Check[] {
    const column = table.columns.find(({ id }) => id === check.column);
    if (!column || column.generated || !this.#isFree(table, column)) return [];
    const name = this.#quote(column.name);
    const family = kindOf(this.#kindKey(table, column)).family;
    const expressions = {
      text: [
        `length(${name}) < 100`,
        `${name} <> 'A'`,
        `${name} like '%'`,
        `${name} in ('', 'a', 'it''s', 'é')`,
        `${name} is null or ${name} not like 'z%'`,
      ],
      number: [
        `${name} >= 0`,
        `${name} between -1000 and 1000`,
        `${name} in (0, 1, 7)`,
        `not (${name} < -5 or ${name} = 3)`,
        `coalesce(${name}, 1) > -200`,
      ],
      other: [`${name} is not null`, `${name} is null or ${name} is not null`],
    };
    return [{ name: check.name, expression: pick(expressions[family], check.template) ?? `${name} is not null` }];
  }

  /** Neither a numbered column nor one that a foreign key changes, where the database forbids that. */
  #isFree(table: TableModel, column: ColumnModel): boolean {
    if (!this.#limits.keyColumnsAreBare) return true;
    return !column.numbered && !table.foreignKeys.some(({ columns }) => columns.includes(column.id));
  }

  #foreignKey(table: TableModel, key: ForeignKeyModel): ForeignKey[] {
    const parent = this.#model.tables.find(({ id }) => id === key.table);
    if (!parent || !isWhole(this.#model, table, key)) return [];
    const own = key.columns.flatMap((id) => table.columns.find((column) => column.id === id) ?? []);
    const allowed = this.#limits.actions.filter(
      (action) => action !== 'set null' || own.every(({ nullable }) => nullable),
    );
    const onDelete = pick(allowed, key.onDelete);
    const onUpdate = pick(allowed, key.onUpdate);
    return [
      {
        name: key.name,
        columns: own.map(({ name }) => name),
        references: { table: tableKey(parent.name), columns: parent.key.flatMap((id) => this.#nameOf(parent, id)) },
        ...(onDelete && { onDelete }),
        ...(onUpdate && { onUpdate }),
        ...(key.deferrable && this.#limits.deferrableForeignKeys && { deferrable: 'deferred' as const }),
      },
    ];
  }

  #referenceIndex(table: TableModel, key: ForeignKeyModel): Index[] {
    const columns = key.columns.flatMap((id) => this.#nameOf(table, id));
    if (!key.indexed || !isWhole(this.#model, table, key)) return [];
    return [{ name: `${key.name}_i`, parts: columns.map((column) => ({ column })), unique: false }];
  }

  #index(table: TableModel, index: IndexModel): Index[] {
    const columns = index.columns.flatMap((id) => table.columns.find((column) => column.id === id) ?? []);
    const parts = columns.flatMap((column, at) => this.#part(table, column, index, at));
    if (parts.length === 0 || parts.length < index.columns.length) return [];
    const where = index.partial && this.#limits.partialIndexes ? this.#predicate(table, columns[0]) : undefined;
    const isPlain = where === undefined && parts.every((part) => part.column !== undefined && !part.descending);
    const constraint = index.unique && this.#model.constraints && isPlain && this.#limits.uniqueConstraints;
    const include = index.include && !constraint && this.#limits.includedColumns ? this.#included(table, index) : [];
    return [
      {
        name: index.name,
        parts,
        unique: index.unique,
        ...(constraint && { constraint: true as const }),
        ...(where !== undefined && { where }),
        ...(include.length > 0 && { include }),
      },
    ];
  }

  #part(table: TableModel, column: ColumnModel, index: IndexModel, at: number): IndexPart[] {
    const kind = kindOf(this.#kindKey(table, column));
    if (column.generated && !this.#generated(table, column)) return [];
    const descending = index.descending && at === 0 ? { descending: true as const } : {};
    const isExpression =
      index.expression &&
      at === 0 &&
      kind.family === 'text' &&
      kind.inIndex === 'whole' &&
      this.#limits.expressionIndexes &&
      this.#isFree(table, column) &&
      !column.generated;
    if (isExpression) return [{ expression: `lower(${this.#quote(column.name)})`, ...descending }];
    if (!this.#limits.longTextsNeedPrefix || kind.inIndex === 'whole') return [{ column: column.name, ...descending }];
    return kind.inIndex === 'prefix' ? [{ column: column.name, length: 10, ...descending }] : [];
  }

  #predicate(table: TableModel, column: ColumnModel | undefined): string {
    if (!column) return '1 = 1';
    const name = this.#quote(column.name);
    return kindOf(this.#kindKey(table, column)).family === 'number' ? `${name} > 5` : `${name} is not null`;
  }

  #included(table: TableModel, index: IndexModel): string[] {
    return table.columns
      .filter(({ id, generated }) => !index.columns.includes(id) && !generated)
      .slice(0, 1)
      .map(({ name }) => name);
  }

  #nameOf(table: TableModel, id: number): string[] {
    const column = table.columns.find((item) => item.id === id);
    if (!column || (column.generated && !this.#generated(table, column))) return [];
    return [column.name];
  }

  #kindKey(table: TableModel, column: ColumnModel): string {
    return effectiveKind(this.#model, table, column);
  }

  #kind(table: TableModel, column: ColumnModel): ColumnKind {
    return kindOf(this.#kindKey(table, column));
  }

  #quote(name: string): string {
    return quoteName(this.#database, parseTableKey(name).name);
  }
}
