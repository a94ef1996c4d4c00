import type { AlterEnum } from '../../operations/alter-enum.ts';
import { identifierOf, tokenize } from '../../schema/expression.ts';
import { sha256 } from '../../schema/sha256.ts';
import { parseTableKey } from '../../schema/names.ts';
import type { Column, EnumType, Index, Schema, Table } from '../../schema/schema.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { Statement } from '../dialect.ts';
import { withDefault } from './change-type-sql.ts';
import { writeDefault } from './default.ts';
import { createIndex, dropIndexStatement } from './index-sql.ts';
import { literal, quote, quoteBeside, quoteKey } from './quote.ts';
import { generatedFrom, remakeColumns } from './remake-columns.ts';
import { addCheckStatement } from './table-sql.ts';
import { lexis } from './traits.ts';

/** `create type "mood" as enum ('sad', 'ok')`. */
export function createEnumStatement({ name, values }: EnumType): Statement {
  return { text: `create type ${quoteKey(name)} as enum (${values.map(literal).join(', ')})` };
}

/** New values are added in place; to remove or reorder values the type is made anew and its columns are cast. */
export function alterEnumStatements(operation: AlterEnum, schema: Schema): Statement[] {
  return isOrderKept(operation) ? addValues(operation) : replaceType(operation, schema);
}

/** No value goes or moves. */
export function isOrderKept({ from, to }: AlterEnum): boolean {
  const kept = to.filter((value) => from.includes(value));
  return kept.length === from.length && kept.every((value, at) => value === from[at]);
}

function addValues({ name, from, to }: AlterEnum): Statement[] {
  return to.flatMap((value, at) =>
    from.includes(value)
      ? []
      : [{ text: `alter type ${quoteKey(name)} add value ${literal(value)}${placeOf(from, to, at)}` }],
  );
}

/** Values are added from first to last, so all before this one are there. */
function placeOf(from: readonly string[], to: readonly string[], at: number): string {
  const before = to[at - 1];
  if (before !== undefined) return ` after ${literal(before)}`;
  return from[0] === undefined ? '' : ` before ${literal(from[0])}`;
}

function replaceType(operation: AlterEnum, schema: Schema): Statement[] {
  const { name, to } = operation;
  const old = parseTableKey(name).name;
  const parked = `mikrate_${sha256(old).slice(0, 12)}`;
  const users = Object.values(schema.tables)
    .map((table) => ({ table, columns: columnsOfEnum(table, name) }))
    .filter(({ columns }) => columns.length > 0);
  return [
    ...users.flatMap(({ table }) => dropExpressions(table, old)),
    { text: `alter type ${quoteKey(name)} rename to ${quote(parked)}` },
    createEnumStatement({ name, values: to }),
    ...users.flatMap(({ table, columns }) => castColumns(table, columns, name)),
    { text: `drop type ${quoteBeside(name, parked)}` },
    ...users.flatMap(({ table }) => recreateExpressions(table, old)),
  ];
}

/** Columns of the type, and of its array. */
export function columnsOfEnum(table: Table, name: string): Column[] {
  return Object.values(table.columns).filter(({ type }) =>
    type.type === 'enum' ? type.name === name : isArrayOf(type, name),
  );
}

function isArrayOf(type: Column['type'], name: string): boolean {
  if (type.type !== 'native') return false;
  const tokens = tokenize(sqlFor('postgresql', type.sql) ?? '', lexis).map(
    (token) => identifierOf(token) ?? token.text,
  );
  const { name: bare, namespace } = parseTableKey(name);
  return (
    tokens.join('\u0000') === [...(namespace === undefined ? [] : [namespace, '.']), bare, '[', ']'].join('\u0000')
  );
}

function castColumns(table: Table, columns: readonly Column[], name: string): Statement[] {
  const plain = columns.filter(({ generated }) => !generated);
  const generated = [
    ...columns.filter((column) => column.generated),
    ...generatedFrom(
      table,
      plain.map((column) => column.name),
    ).filter((column) => !columns.includes(column)),
  ];
  const changes = plain.map((column) => {
    const [type, way] = column.type.type === 'enum' ? [quoteKey(name), 'text'] : [`${quoteKey(name)}[]`, 'text[]'];
    const change = `alter column ${quote(column.name)} type ${type} using ${quote(column.name)}::${way}::${type}`;
    return withDefault(column.name, change, column.default && writeDefault(column.type, column.default));
  });
  const cast = changes.length === 0 ? [] : [{ text: `alter table ${quoteKey(table.name)} ${changes.join(', ')}` }];
  return remakeColumns(table, generated, cast);
}

/** Checks and indexes that name the type would still mean the old one. */
function dropExpressions(table: Table, type: string): Statement[] {
  return [
    ...checksNaming(table, type).map(({ name }) => ({
      text: `alter table ${quoteKey(table.name)} drop constraint ${quote(name)}`,
    })),
    ...indexesNaming(table, type).map((index) => dropIndexStatement(table.name, index)),
  ];
}

function recreateExpressions(table: Table, type: string): Statement[] {
  return [
    ...checksNaming(table, type).map((check) => addCheckStatement(table.name, check)),
    ...indexesNaming(table, type).flatMap((index) => createIndex(table.name, index)),
  ];
}

function checksNaming(table: Table, type: string): readonly Table['checks'][number][] {
  return table.checks.filter(({ expression }) => isNamed(type, expression));
}

function indexesNaming(table: Table, type: string): readonly Index[] {
  return table.indexes.filter(({ where, parts }) =>
    [where, ...parts.map(({ expression }) => expression)].some((text) => text !== undefined && isNamed(type, text)),
  );
}

function isNamed(type: string, expression: string): boolean {
  return tokenize(expression, lexis).some((token) => identifierOf(token) === type);
}
