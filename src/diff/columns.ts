import { isSameData } from '../schema/canonical.ts';
import { without } from '../schema/edit.ts';
import type { Column, Default, Table } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';
import type { DiffContext } from './context.ts';
import { joinDifferences, type Difference } from './difference.ts';
import { defaultText, expressionPlace, mayRespellLiteral } from './expressions.ts';
import { entryOf } from '../schema/entry-of.ts';

/** Missing, different and surplus columns of one table. */
export function diffColumns(desired: Table, actual: Table, context: DiffContext): Difference {
  const wanted = Object.values(desired.columns);
  const missing = wanted.filter(({ name }) => !entryOf(actual.columns, name));
  const surplus = Object.values(actual.columns).filter(({ name }) => !entryOf(desired.columns, name));
  const common = wanted.flatMap((column): Operation[] => {
    const found = entryOf(actual.columns, column.name);
    return found ? diffColumn(desired.name, column, found, context) : [];
  });
  return joinDifferences([
    { changes: missing.map((column): Operation => ({ kind: 'addColumn', table: desired.name, column })) },
    { changes: common },
    ...surplus.map((column) => surplusColumn(actual, column, context)),
  ]);
}

function diffColumn(table: string, wanted: Column, found: Column, context: DiffContext): Operation[] {
  if (isSameData(wanted, found)) return [];
  if (found.generated && !wanted.generated) {
    const plain = without(found, 'generated');
    const stop: Operation = { kind: 'changeGenerated', table, before: found, after: plain };
    return [stop, ...diffColumn(table, wanted, plain, context)];
  }
  if (isGeneratedDifferent(table, wanted, found, context))
    return [{ kind: 'changeGenerated', table, before: found, after: wanted }];
  return [
    ...diffType(table, wanted, found, context),
    ...(wanted.generated ? [] : diffDefault(table, wanted, found, context)),
    ...(wanted.nullable === found.nullable || wanted.generated
      ? []
      : [{ kind: 'setNullability', table, column: wanted.name, nullable: wanted.nullable } as const]),
    ...diffOnUpdate(table, wanted, found, context),
    ...(Boolean(wanted.autoIncrement) === Boolean(found.autoIncrement)
      ? []
      : [
          {
            kind: 'setAutoIncrement',
            table,
            column: wanted.name,
            autoIncrement: Boolean(wanted.autoIncrement),
          } as const,
        ]),
    ...(wanted.comment === found.comment
      ? []
      : [
          {
            kind: 'setComment',
            table,
            column: wanted.name,
            ...(found.comment !== undefined && { from: found.comment }),
            ...(wanted.comment !== undefined && { to: wanted.comment }),
          } as const,
        ]),
  ];
}

function diffType(table: string, wanted: Column, found: Column, { dialect }: DiffContext): Operation[] {
  const sameCollation = wanted.collation === undefined || wanted.collation === found.collation;
  if (sameCollation && isSameType(wanted, found, dialect)) return [];
  const { kind } = dialect.types.change(found.type, wanted.type);
  // A collation that the models do not name stays, where the new type can have it.
  const toCollation = wanted.collation ?? (hasCollation(wanted) ? found.collation : undefined);
  return [
    {
      kind: 'changeType',
      table,
      column: wanted.name,
      from: found.type,
      to: wanted.type,
      ...(found.collation !== undefined && { fromCollation: found.collation }),
      ...(toCollation !== undefined && { toCollation }),
      change: kind === 'impossible' || !sameCollation ? 'lateral' : kind,
    },
  ];
}

function hasCollation({ type: logical }: Column): boolean {
  const { type } = logical;
  const isTextual = type === 'native' && /char|text/iu.test(JSON.stringify(logical.sql));
  return type === 'string' || type === 'text' || type === 'enum' || isTextual;
}

/** Equal data is nearly always the answer, and cheap. */
function isSameType(wanted: Column, found: Column, { types }: DiffContext['dialect']): boolean {
  return isSameData(wanted.type, found.type) || types.same(wanted.type, found.type);
}

function diffDefault(table: string, wanted: Column, found: Column, context: DiffContext): Operation[] {
  if (wanted.autoIncrement || isSameDefault(table, wanted, found, context)) return [];
  return [
    {
      kind: 'setDefault',
      table,
      column: wanted.name,
      ...(found.default && { from: found.default }),
      ...(wanted.default && { to: wanted.default }),
    },
  ];
}

function isSameDefault(table: string, wanted: Column, found: Column, { dialect, expressions }: DiffContext): boolean {
  if (!wanted.default || !found.default) return wanted.default === found.default;
  if (isSameData(wanted.default, found.default)) return true;
  const canonical = (value: Default): Default => dialect.types.canonicalDefault(wanted.type, value);
  const a = canonical(wanted.default);
  const b = canonical(found.default);
  if (isSameData(a, b)) return true;
  if ('value' in a && 'value' in b && !mayRespellLiteral(wanted.type)) return false;
  return expressions.isSame(expressionPlace(table, 'default', wanted.name), defaultText(a), defaultText(b));
}

function isGeneratedDifferent(
  table: string,
  wanted: Column,
  found: Column,
  { expressions, dialect }: DiffContext,
): boolean {
  if (!wanted.generated || !found.generated) return Boolean(wanted.generated) !== Boolean(found.generated);
  if (wanted.generated.stored !== found.generated.stored || !isSameType(wanted, found, dialect)) return true;
  const place = expressionPlace(table, 'generated', wanted.name);
  return !expressions.isSame(place, wanted.generated.expression, found.generated.expression);
}

function diffOnUpdate(table: string, wanted: Column, found: Column, { expressions }: DiffContext): Operation[] {
  if (wanted.onUpdate === found.onUpdate) return [];
  const place = expressionPlace(table, 'onUpdate', wanted.name);
  if (
    wanted.onUpdate !== undefined &&
    found.onUpdate !== undefined &&
    expressions.isSame(place, wanted.onUpdate, found.onUpdate)
  )
    return [];
  return [
    {
      kind: 'setOnUpdate',
      table,
      column: wanted.name,
      ...(found.onUpdate !== undefined && { from: found.onUpdate }),
      ...(wanted.onUpdate !== undefined && { to: wanted.onUpdate }),
    },
  ];
}

/** A column the models do not have: dropped only if ours; either way it must not break the application's inserts. */
function surplusColumn(actual: Table, column: Column, context: DiffContext): Partial<Difference> {
  const object = { kind: 'column', table: actual.name, name: column.name } as const;
  const relax: Operation[] = breaksInserts(actual, column)
    ? [{ kind: 'setNullability', table: actual.name, column: column.name, nullable: true }]
    : [];
  if (!context.isOurs(object)) return { changes: relax, notOurs: [object] };
  return { changes: [...relax, { kind: 'dropColumn', table: actual.name, column }] };
}

function breaksInserts(table: Table, column: Column): boolean {
  if (column.nullable || column.default || column.generated || column.autoIncrement) return false;
  return !table.primaryKey?.columns.includes(column.name);
}
