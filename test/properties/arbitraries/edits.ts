import { addColumn, addIndex, addReference, addTable, addView, freeName, replaceTable, unique } from './build.ts';
import type { DrawnEdit, EditKind } from './draw.ts';
import { kindOf } from './kinds.ts';
import { pick, type ColumnModel, type IndexModel, type Model, type TableModel } from './model.ts';

/** The model after an edit, with columns of these kinds; the same where there is nothing to edit. */
export function applyEdit(model: Model, edit: DrawnEdit, kinds: readonly string[]): Model {
  const table = pick(model.tables, edit.table);
  return table ? edits[edit.kind](model, table, edit, kinds) : model;
}

type Edit = (model: Model, table: TableModel, edit: DrawnEdit, kinds: readonly string[]) => Model;

const edits: { readonly [K in EditKind]: Edit } = {
  addTable: (model, _table, { fresh, reference }) => {
    const added = addTable(model, fresh);
    return addReference(added, added.tables.at(-1)?.id ?? 0, reference, false);
  },
  dropTable: (model, table) =>
    model.tables.length < 2 ? model : { ...model, tables: model.tables.filter(({ id }) => id !== table.id) },
  renameTable: (model, table, { fresh }) =>
    replaceTable({ ...model, next: model.next + 1 }, { ...table, name: unique(model, fresh.name, model.next) }),
  addColumn: (model, table, { column, choice }) =>
    addColumn(model, table, column, column.default === null || choice % 2 === 0 ? { nullable: true } : {}),
  addRequired: (model, table, { column, choice }) =>
    addColumn(
      model,
      table,
      { ...column, default: null, generated: null },
      { nullable: false, ...(choice % 2 === 0 && { backfill: true as const }) },
    ),
  dropColumn: (model, table, { item }) => {
    const found = pick(
      table.columns.filter(({ id }) => !table.key.includes(id)),
      item,
    );
    return found && table.columns.length > 2 ? replaceTable(model, without(table, found.id)) : model;
  },
  renameColumn: (model, table, { item, column }) =>
    editColumn(
      model,
      table,
      item,
      () => ({ name: freeName(table.columns, column.name, model.next) }),
      () => true,
    ),
  changeType: (model, table, { item, choice }, kinds) =>
    editColumn(model, table, item, () => ({ kind: pick(kinds, choice) ?? 'int' })),
  widenType: (model, table, { item, choice }, kinds) =>
    editColumn(model, table, item, ({ kind }) => ({
      kind:
        pick(
          (widenings[kind] ?? []).filter((to) => kinds.includes(to)),
          choice,
        ) ?? kind,
    })),
  allowNull: (model, table, { item }) => editColumn(model, table, item, () => ({ nullable: true })),
  forbidNull: (model, table, { item }) => editColumn(model, table, item, () => ({ nullable: false })),
  setDefault: (model, table, { item, choice }) =>
    editColumn(model, table, item, (column) => (choice % 4 === 0 ? withoutDefault(column) : { default: choice })),
  setComment: (model, table, { item, column }) =>
    editColumn(model, table, item, () => (column.comment === null ? {} : { comment: column.comment })),
  tableComment: (model, table, { column }) =>
    replaceTable(model, { ...table, ...(column.comment !== null && { comment: column.comment }) }),
  addIndex: (model, table, { index, choice }) =>
    addIndex(model, table, { ...index, unique: index.unique && choice % 3 === 0 }),
  dropIndex: (model, table, { item }) =>
    replaceTable(model, { ...table, indexes: table.indexes.filter((index) => index !== pick(table.indexes, item)) }),
  changeIndex: (model, table, { item, index }) =>
    editIndex(model, table, item, ({ unique: isUnique }) => ({
      descending: index.descending,
      partial: index.partial,
      expression: index.expression,
      include: index.include,
      unique: isUnique,
    })),
  changeUnique: (model, table, { item, index }) => editIndex(model, table, item, () => ({ unique: index.unique })),
  addCheck: (model, table, { item, choice, index }) => {
    const column = pick(table.columns, item)?.id ?? 0;
    return replaceTable(
      { ...model, next: model.next + 1 },
      {
        ...table,
        checks: [...table.checks, { id: model.next, name: `${index.name}_${model.next}`, column, template: choice }],
      },
    );
  },
  dropCheck: (model, table, { item }) =>
    replaceTable(model, { ...table, checks: table.checks.filter((check) => check !== pick(table.checks, item)) }),
  changeCheck: (model, table, { item, choice }) => {
    const found = pick(table.checks, item);
    return replaceTable(model, {
      ...table,
      checks: table.checks.map((check) => (check === found ? { ...check, template: choice } : check)),
    });
  },
  addReference: (model, table, { reference }) => addReference(model, table.id, reference, false),
  dropReference: (model, table, { item }) =>
    replaceTable(model, {
      ...table,
      foreignKeys: table.foreignKeys.filter((key) => key !== pick(table.foreignKeys, item)),
    }),
  changeActions: (model, table, { item, reference }) => {
    const { onDelete, onUpdate, deferrable } = reference;
    const found = pick(table.foreignKeys, item);
    return replaceTable(model, {
      ...table,
      foreignKeys: table.foreignKeys.map((key) => (key === found ? { ...key, onDelete, onUpdate, deferrable } : key)),
    });
  },
  addGenerated: (model, table, { column, choice, item }) =>
    addColumn(
      model,
      table,
      { ...column, generated: { of: item, template: choice, stored: choice % 2 === 0 } },
      { nullable: true },
    ),
  changeGenerated: (model, table, { item, choice }) => {
    const found = pick(
      table.columns.filter(({ generated }) => generated),
      item,
    );
    const change = (column: ColumnModel): ColumnModel =>
      column === found && column.generated
        ? { ...column, generated: { ...column.generated, template: choice, stored: choice % 3 > 0 } }
        : column;
    return replaceTable(model, { ...table, columns: table.columns.map(change) });
  },
  changeKey: (model, table, { choice }) => {
    if (table.columns.some(({ id, numbered }) => numbered && table.key.includes(id))) return model;
    if (table.key.length > 1) return replaceTable(model, { ...table, key: table.key.slice(0, 1) });
    const more = pick(
      table.columns.filter(
        ({ id, nullable, generated, kind, follows }) =>
          !table.key.includes(id) &&
          !nullable &&
          !generated &&
          !follows &&
          kindOf(kind).inIndex === 'whole' &&
          kind !== 's255',
      ),
      choice,
    );
    return more ? replaceTable(model, { ...table, key: [...table.key, more.id] }) : model;
  },
  addEnumValue: (model, _table, { item, choice }) =>
    editEnum(model, item, (values) => [
      ...values.slice(0, choice % (values.length + 1)),
      `v${model.next}`,
      ...values.slice(choice % (values.length + 1)),
    ]),
  dropEnumValue: (model, _table, { item }) =>
    editEnum(model, item, (values) =>
      values.length > 2 ? values.filter((_, at) => at === 0 || at < values.length - 1) : values,
    ),
  addView: (model, table, { index, item, choice }) => addView(model, index.name, table, [item, choice]),
  changeView: (model, table, { item, choice }) => {
    const found = pick(model.views, item);
    const column = pick(table.columns, choice)?.id;
    return {
      ...model,
      views: model.views.map((view) =>
        view === found && column !== undefined && view.table === table.id
          ? { ...view, columns: [...new Set([...view.columns.slice(1), column])] }
          : view,
      ),
    };
  },
  dropView: (model, _table, { item }) => ({
    ...model,
    views: model.views.filter((view) => view !== pick(model.views, item)),
  }),
};

const widenings: Readonly<Record<string, readonly string[]>> = {
  tinyint: ['smallint', 'int', 'bigint'],
  smallint: ['mediumint', 'int', 'bigint'],
  mediumint: ['int', 'bigint'],
  int: ['bigint'],
  utiny: ['uint', 'ubig', 'smallint'],
  uint: ['ubig', 'bigint'],
  s10: ['s50', 's255', 'text'],
  s50: ['s255', 'text'],
  s255: ['text', 'mediumtext'],
  tinytext: ['text', 'mediumtext'],
  text: ['mediumtext', 'longtext'],
  mediumtext: ['longtext'],
  datetime: ['datetime3', 'datetime6'],
  datetime3: ['datetime6'],
  decimal: ['wide'],
  float: ['double'],
  enum: ['enumMore'],
};

/** A change of a column that is neither of the key nor of a foreign key, nor generated; `any` takes all. */
function editColumn(
  model: Model,
  table: TableModel,
  item: number,
  change: (column: ColumnModel) => Partial<ColumnModel>,
  any: () => boolean = () => false,
): Model {
  const free = table.columns.filter((column) => any() || (!table.key.includes(column.id) && !column.generated));
  const found = pick(free, item);
  const columns = table.columns.map((column) => (column === found ? { ...column, ...change(column) } : column));
  return replaceTable({ ...model, next: model.next + 1 }, { ...table, columns });
}

function withoutDefault(column: ColumnModel): Partial<ColumnModel> {
  return { ...column, default: undefined };
}

function editIndex(
  model: Model,
  table: TableModel,
  item: number,
  change: (index: IndexModel) => Partial<IndexModel>,
): Model {
  const found = pick(table.indexes, item);
  return replaceTable(model, {
    ...table,
    indexes: table.indexes.map((index) => (index === found ? { ...index, ...change(index) } : index)),
  });
}

function editEnum(model: Model, item: number, change: (values: readonly string[]) => readonly string[]): Model {
  const at = item % Math.max(1, model.enums.length);
  return {
    ...model,
    enums: model.enums.map((values, place) => (place === at ? change(values) : values)),
    next: model.next + 1,
  };
}

function without(table: TableModel, column: number): TableModel {
  return { ...table, columns: table.columns.filter(({ id, generated }) => id !== column && generated?.of !== column) };
}
