import type { LogicalType } from '../../schema/logical-type.ts';
import type { Column } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { literal, quote, quoteKey } from './quote.ts';
import { normalType, writeType } from './types.ts';

/** Rows whose value the new type refuses or would change; `undefined` where any fits, or where only a cast could tell. */
export function sampleMisfits(table: string, column: Column, to: LogicalType): Statement | undefined {
  const name = quote(column.name);
  const condition = misfit(name, normalType(column.type), normalType(to));
  if (condition === undefined) return undefined;
  return {
    text: `select ${name} as ${name}, count(*) as n from ${quoteKey(table)} where ${name} is not null and (${condition}) group by ${name} order by count(*) desc limit 5`,
  };
}

function misfit(name: string, from: LogicalType, to: LogicalType): string | undefined {
  switch (to.type) {
    case 'string':
      return from.type === 'string' && from.length <= to.length
        ? undefined
        : `pg_catalog.char_length(${name}::text) > ${to.length}`;
    case 'enum':
      return `${name}::text <> all (array[${to.values.map(literal).join(', ')}]::text[])`;
    case 'integer':
    case 'decimal':
      return numberMisfit(name, from, to);
    case 'boolean':
      return booleanMisfit(name, from);
    case 'uuid':
      return isText(from)
        ? `pg_catalog.btrim(${name}::text) !~* '^(\\{([0-9a-f]{4}-?){8}\\}|([0-9a-f]{4}-?){8})$'`
        : undefined;
    case 'date':
      return from.type === 'datetime' ? `${name} <> pg_catalog.date_trunc('day', ${name})` : undefined;
    case 'datetime':
    case 'time':
      return from.type === to.type ? precisionMisfit(name, from, to) : undefined;
    default:
      return undefined;
  }
}

function isText({ type }: LogicalType): boolean {
  return type === 'string' || type === 'text';
}

type Exact = Extract<LogicalType, { type: 'integer' | 'decimal' }>;

/** Values with a fraction too long are changed by rounding, values too large are refused; a text must be a number first. */
function numberMisfit(name: string, from: LogicalType, to: Exact): string | undefined {
  const limits = (value: string): string => {
    const lowest =
      to.type === 'integer'
        ? `-${range[to.bits]} - 1`
        : `-(10::numeric ^ ${to.precision - to.scale}) + 10::numeric ^ -${to.scale}`;
    const highest =
      to.type === 'integer'
        ? `${range[to.bits]}`
        : `10::numeric ^ ${to.precision - to.scale} - 10::numeric ^ -${to.scale}`;
    return `${value} not between ${lowest} and ${highest} or ${value} <> pg_catalog.round(${value}, ${to.type === 'integer' ? 0 : to.scale})`;
  };
  if (from.type === 'integer' || from.type === 'decimal') return limits(`${name}::numeric`);
  if (from.type === 'float' || from.type === 'double') {
    return `case when ${name}::text in ('NaN', 'Infinity', '-Infinity') then true else ${limits(`${name}::numeric`)} end`;
  }
  if (!isText(from)) return undefined;
  return `case when ${name}::text ~ '^\\s*[-+]?(\\d{1,255}(\\.\\d{0,255})?|\\.\\d{1,255})\\s*$' then ${limits(`${name}::text::numeric`)} else true end`;
}

const range = { 8: 32_767, 16: 32_767, 24: 2_147_483_647, 32: 2_147_483_647, 64: '9223372036854775807' } as const;

function booleanMisfit(name: string, from: LogicalType): string | undefined {
  if (from.type === 'integer') return `${name} not in (0, 1)`;
  const words = [
    't',
    'tr',
    'tru',
    'true',
    'y',
    'ye',
    'yes',
    'on',
    '1',
    'f',
    'fa',
    'fal',
    'fals',
    'false',
    'n',
    'no',
    'of',
    'off',
    '0',
  ];
  return isText(from) ? `lower(pg_catalog.btrim(${name}::text)) not in (${words.map(literal).join(', ')})` : undefined;
}

type Time = Extract<LogicalType, { type: 'time' | 'datetime' }>;

function precisionMisfit(name: string, from: Time, to: Time): string | undefined {
  if ((to.precision ?? 6) >= (from.precision ?? 6)) return undefined;
  const cut = writeType({ ...from, precision: to.precision ?? 6 });
  return `${name} <> ${name}::${cut}`;
}
