import type { OperationKind, OperationOf } from '../../src/operations/index.ts';

/** A kind whose class depends on the operation, by example: in words, and as an operation of that sort. */
export interface PolicyCase<K extends OperationKind = OperationKind> {
  readonly when: string;
  readonly operation: OperationOf<K>;
}

const column = { name: 'a', type: { type: 'string', length: 10 }, nullable: true } as const;
const generated = { ...column, generated: { expression: 'b', stored: true } } as const;
const index = { name: 'i', parts: [{ column: 'a' }], unique: false } as const;
const at = { table: 't', column: 'a' } as const;
const raw = (declared: OperationOf<'rawSql'>['declared'], when: string): PolicyCase<'rawSql'> => ({
  when: `declared ${when}`,
  operation: { kind: 'rawSql', summary: 's', up: 'select 1', declared },
});

/** The examples, kind by kind. A kind with one class for all its operations needs none. */
export const policyCases: { readonly [K in OperationKind]?: readonly PolicyCase<K>[] } = {
  dropColumn: [
    { when: 'it holds values', operation: { kind: 'dropColumn', table: 't', column } },
    { when: 'it is generated', operation: { kind: 'dropColumn', table: 't', column: generated } },
  ],
  changeType: [
    {
      when: 'every value fits, rows stay as they are',
      operation: change('widening', { type: 'string', length: 10 }, { type: 'string', length: 20 }),
    },
    {
      when: 'every value fits, rows are rewritten',
      operation: change('widening', { type: 'integer', bits: 32 }, { type: 'integer', bits: 64 }),
    },
    { when: 'another kind of type', operation: change('lateral', { type: 'text' }, { type: 'date' }) },
    {
      when: 'values may not fit',
      operation: change('narrowing', { type: 'string', length: 20 }, { type: 'string', length: 10 }),
    },
  ],
  setNullability: [
    { when: 'NULL becomes allowed', operation: { kind: 'setNullability', ...at, nullable: true } },
    { when: 'NULL becomes forbidden', operation: { kind: 'setNullability', ...at, nullable: false } },
  ],
  setAutoIncrement: [
    { when: 'added', operation: { kind: 'setAutoIncrement', ...at, autoIncrement: true } },
    { when: 'dropped', operation: { kind: 'setAutoIncrement', ...at, autoIncrement: false } },
  ],
  changeGenerated: [
    {
      when: 'it was generated before',
      operation: { kind: 'changeGenerated', table: 't', before: generated, after: column },
    },
    {
      when: 'it held values before',
      operation: { kind: 'changeGenerated', table: 't', before: column, after: generated },
    },
  ],
  addIndex: [
    { when: 'not unique', operation: { kind: 'addIndex', table: 't', index } },
    { when: 'unique', operation: { kind: 'addIndex', table: 't', index: { ...index, unique: true } } },
  ],
  alterEnum: [
    { when: 'values are added', operation: { kind: 'alterEnum', name: 'e', from: ['a'], to: ['a', 'b'] } },
    { when: 'values are removed', operation: { kind: 'alterEnum', name: 'e', from: ['a', 'b'], to: ['a'] } },
  ],
  rawSql: [
    raw('additive', 'additive'),
    raw('widening', 'widening'),
    raw('rebuilding', 'rebuilding'),
    raw('dataDependent', 'data-dependent'),
    raw('destructive', 'destructive'),
  ],
  alterTable: [
    {
      when: 'several changes at once: the worst of them',
      operation: {
        kind: 'alterTable',
        table: 't',
        changes: [
          { kind: 'addIndex', table: 't', index },
          { kind: 'dropColumn', table: 't', column },
        ],
      },
    },
  ],
};

function change(
  kind: OperationOf<'changeType'>['change'],
  from: OperationOf<'changeType'>['from'],
  to: OperationOf<'changeType'>['to'],
): OperationOf<'changeType'> {
  return { kind: 'changeType', ...at, from, to, change: kind };
}
