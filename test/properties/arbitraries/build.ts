import type { DrawnColumn, DrawnIndex, DrawnReference, DrawnSchema, DrawnTable } from './draw.ts';
import { pick, type ColumnModel, type ForeignKeyModel, type IndexModel, type Model, type TableModel } from './model.ts';

/** The model of what was drawn. References go to any table, itself and later ones too. */
export function buildModel(drawn: DrawnSchema): Model {
  const empty: Model = {
    tables: [],
    views: [],
    enums: [
      ['a', "b'c", 'D e'],
      ['x', 'a'],
    ],
    next: 1,
    constraints: drawn.constraints,
  };
  const tables = drawn.tables.reduce(addTable, empty);
  const related = drawn.tables.reduce(
    (model, { references }, at) =>
      references.reduce((before, reference) => addReference(before, before.tables[at]?.id ?? 0, reference), model),
    tables,
  );
  return drawn.views.reduce(
    (model, view) => addView(model, view.name, pick(model.tables, view.table), view.columns),
    related,
  );
}

/** The model with one table more; its references are drawn apart. */
export function addTable(model: Model, drawn: DrawnTable): Model {
  const ids = counter(model);
  const id = ids.next();
  const key = keyColumns(drawn, ids);
  const own = drawn.columns.reduce<ColumnModel[]>(
    (before, column) => [...before, columnOf(column, [...key, ...before], ids)],
    [],
  );
  const columns = own.map((column, at) => generate(column, drawn.columns[at], own));
  const all = [...key, ...columns];
  const table: TableModel = {
    id,
    name: unique(model, drawn.name, id),
    columns: all,
    key: key.map((column) => column.id),
    indexes: drawn.indexes.map((index) => indexOf(index, all, ids)),
    checks: drawn.checks.map((check) => ({
      id: ids.next(),
      name: ids.name(check.name),
      column: pick(columns, check.column)?.id ?? 0,
      template: check.template,
    })),
    foreignKeys: [],
    ...(drawn.comment !== null && { comment: drawn.comment }),
  };
  return { ...model, tables: [...model.tables, table], next: ids.next() };
}

/** The model with a column more. */
export function addColumn(
  model: Model,
  table: TableModel,
  drawn: DrawnColumn,
  change: Partial<ColumnModel> = {},
): Model {
  const ids = counter(model);
  const column = { ...generate(columnOf(drawn, table.columns, ids), drawn, table.columns), ...change };
  return replaceTable({ ...model, next: ids.next() }, { ...table, columns: [...table.columns, column] });
}

export function addIndex(model: Model, table: TableModel, drawn: DrawnIndex): Model {
  const ids = counter(model);
  const indexes = [...table.indexes, indexOf(drawn, table.columns, ids)];
  return replaceTable({ ...model, next: ids.next() }, { ...table, indexes });
}

/** The model with a reference more: a column for each part of the parent's key, and the foreign key. */
export function addReference(model: Model, from: number, drawn: DrawnReference, isRequired = !drawn.nullable): Model {
  const table = model.tables.find(({ id }) => id === from);
  const parent = pick(model.tables, drawn.table);
  if (!table || !parent) return model;
  const ids = counter(model);
  const columns = parent.key.map((column): ColumnModel => {
    const id = ids.next();
    return {
      id,
      name: `${drawn.name}_${id}`,
      kind: parent.columns.find((other) => other.id === column)?.kind ?? 'int',
      nullable: !isRequired,
      follows: { table: parent.id, column },
    };
  });
  const id = ids.next();
  const { onDelete, onUpdate, deferrable, indexed } = drawn;
  const foreignKey: ForeignKeyModel = {
    id,
    name: ids.name(drawn.name),
    columns: columns.map((column) => column.id),
    table: parent.id,
    onDelete,
    onUpdate,
    deferrable,
    indexed,
  };
  return replaceTable(
    { ...model, next: ids.next() },
    { ...table, columns: [...table.columns, ...columns], foreignKeys: [...table.foreignKeys, foreignKey] },
  );
}

export function addView(model: Model, name: string, table: TableModel | undefined, columns: readonly number[]): Model {
  if (!table) return model;
  const ids = counter(model);
  const id = ids.next();
  const shown = [...new Set(columns.flatMap((at) => pick(table.columns, at)?.id ?? []))];
  return {
    ...model,
    views: [...model.views, { id, name: unique(model, name, id), table: table.id, columns: shown }],
    next: ids.next(),
  };
}

export function replaceTable(model: Model, table: TableModel): Model {
  return { ...model, tables: model.tables.map((other) => (other.id === table.id ? table : other)) };
}

/** The name itself where it is free, else with its number. Names differ in more than case. */
export function unique(model: Model, name: string, id: number): string {
  const taken = new Set([...model.tables, ...model.views].map((item) => item.name.toLowerCase()));
  return taken.has(name.toLowerCase()) || logNames.has(name.toLowerCase()) ? `${name}_${id}` : name;
}

const logNames = new Set(['schema_versions', 'schema_snapshots', 'schema_lock']);

interface Counter {
  next(): number;
  /** A name that nothing else has. */
  name(base: string): string;
}

function counter(model: Model): Counter {
  let next = model.next;
  const take = (): number => next++;
  return { next: take, name: (base) => `${base}_${take()}` };
}

function keyColumns({ key }: DrawnTable, ids: Counter): ColumnModel[] {
  const column = (kind: string, more: Partial<ColumnModel> = {}): ColumnModel => {
    const id = ids.next();
    return { id, name: `id_${id}`, kind, nullable: false, ...more };
  };
  if (key === 'numbered') return [column('int', { numbered: true })];
  if (key === 'big') return [column('bigint', { numbered: true })];
  if (key === 'string') return [column('s50')];
  if (key === 'uuid') return [column('uuid')];
  return key === 'integer' ? [column('int')] : [column('int'), column('s50')];
}

function columnOf(drawn: DrawnColumn, others: readonly ColumnModel[], ids: Counter): ColumnModel {
  const id = ids.next();
  return {
    id,
    name: freeName(others, drawn.name, id),
    kind: drawn.kind,
    nullable: drawn.nullable,
    ...(drawn.default !== null && { default: drawn.default }),
    ...(drawn.comment !== null && { comment: drawn.comment }),
  };
}

/** Hostile names stand alone where they can: with a number many would be harmless. */
export function freeName(others: readonly { readonly name: string }[], name: string, id: number): string {
  return others.some((other) => other.name.toLowerCase() === name.toLowerCase()) ? `${name}_${id}` : name;
}

function generate(column: ColumnModel, drawn: DrawnColumn | undefined, others: readonly ColumnModel[]): ColumnModel {
  const generated = drawn?.generated;
  const plain = others.filter(
    (other) => !other.numbered && !other.follows && !other.generated && other.id !== column.id,
  );
  const source = generated ? pick(plain, generated.of) : undefined;
  if (!generated || !source) return column;
  const { default: _default, ...rest } = column;
  return {
    ...rest,
    kind: source.kind,
    nullable: true,
    generated: { of: source.id, template: generated.template, stored: generated.stored },
  };
}

function indexOf({ columns, name, ...drawn }: DrawnIndex, all: readonly ColumnModel[], ids: Counter): IndexModel {
  const chosen = [...new Set(columns.flatMap((at) => pick(all, at)?.id ?? []))];
  return { ...drawn, id: ids.next(), name: ids.name(name), columns: chosen };
}
