import type { Dialect } from '../../src/dialects/dialect.ts';
import { desiredForms } from '../../src/dialects/desired-form.ts';
import type { LogicalType } from '../../src/schema/logical-type.ts';
import type { Column, Schema } from '../../src/schema/schema.ts';

/**
 * A schema as data that two readings can be compared by: types and defaults as this database would tell them, lists in
 * the order of their names, columns in any order, and expressions only as present, for the database spells them (the
 * pipeline's own comparison and the oracle look at those).
 */
export function comparable(schema: Schema, dialect: Dialect): unknown {
  const { uniqueConstraints } = desiredForms[dialect.name];
  const normal = (key: string, value: unknown): unknown => {
    if (key === 'storage' || (key === 'constraint' && !uniqueConstraints)) return undefined;
    if (spelled.has(key) && typeof value === 'string') return '…';
    if (key === 'onUpdate' && typeof value === 'string' && /^current_timestamp/iu.test(value)) return '…';
    if (isColumn(value)) return sorted(asTold(value, dialect));
    if (Array.isArray(value) && value.every(isNamed)) return value.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? sorted(value) : value;
  };
  return JSON.parse(JSON.stringify(schema, normal)) as unknown;
}

const spelled = new Set(['expression', 'where', 'definition', 'by', 'sql']);

/** A column as the catalog tells it: its type written and read back, its default in the one spelling. */
function asTold(column: Column, { name, types }: Dialect): object {
  // The row's own number has one type, whatever a model says.
  const isRowid = desiredForms[name].integerKeyIsRowid && column.autoIncrement;
  const written = isRowid ? 'integer' : types.write(column.type);
  const type: LogicalType = isNamedEnum(column.type) ? column.type : types.read(written);
  return { ...column, type, ...(column.default && { default: types.canonicalDefault(type, column.default) }) };
}

const isNamedEnum = (type: LogicalType): boolean => type.type === 'enum' && type.name !== undefined;

function isColumn(value: unknown): value is Column {
  return (
    value !== null &&
    typeof value === 'object' &&
    'nullable' in value &&
    'type' in value &&
    typeof value.type === 'object'
  );
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isNamed(item: unknown): item is { readonly name: string } {
  return item !== null && typeof item === 'object' && 'name' in item;
}
