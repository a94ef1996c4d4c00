import { parseTableKey } from '../../schema/names.ts';
import { sqlFor } from '../../schema/sql-by-dialect.ts';
import type { Column, Index, IndexPart, Table } from '../../schema/schema.ts';
import { closed } from '../ansi-sql.ts';
import type { Queries } from '../dialect.ts';
import { assumeTables } from '../assume.ts';
import { tryBackfill } from '../backfill-trial.ts';
import { backfillSql } from './backfill-sql.ts';
import { writeDefault } from './default.ts';
import type { Writing } from './column-sql.ts';
import { tableCollation } from './index-sql.ts';
import { definerRefusal } from './definer-refusal.ts';
import { misfitCondition, valueMisfit } from './misfit-sql.ts';
import { literal, quote } from './quote.ts';
import { ansi } from './table-sql.ts';
import { nativeSql } from './native-sql.ts';

/** Questions to the rows of MySQL and MariaDB. */
export function createQueries(writing: Writing): Queries {
  return {
    ...ansi.queries,
    sampleDuplicates: (table, index) => ({ text: duplicatesSql(table, index) }),
    sampleMisfits: (table, column, to) => {
      const condition = misfitCondition(writing, column, to);
      const name = quote(column.name);
      return condition === undefined
        ? undefined
        : {
            text: `select ${name}, count(*) as n from ${ansi.table(table)} where ${condition} group by ${name} limit 5`,
          };
    },
    sizes: (tables) =>
      tables.length === 0
        ? undefined
        : {
            text: `select table_name as \`name\`, table_rows as \`rows\`, data_length + index_length as \`bytes\`
              from information_schema.tables where table_schema = database() and table_name in (${tables.map((key) => literal(parseTableKey(key).name)).join(', ')})`,
          },
    backfillBatch: (table, column, set, limit) => ({
      text: backfillSql(writing.flavor, table, column.name, set, limit),
    }),
    tryBackfill: (trial) => {
      const sql = 'value' in trial.set ? literal(trial.set.value) : sqlFor(writing.flavor.name, trial.set.sql);
      const misfit = valueMisfit('v.value', trial.column.type);
      const values = (value: string): string => `${value} as value`;
      return sql === undefined
        ? undefined
        : tryBackfill({ ...trial, sql }, { quote, table: ansi.table, values, misfit });
    },
    now: () => ({ text: "select date_format(utc_timestamp(6), '%Y-%m-%d %H:%i:%s.%f') as `now`" }),
    assume: (assumptions, statement) =>
      assumeTables(assumptions, statement, {
        quote,
        base: ansi.table,
        value: ({ type, default: value }) => (value ? writeDefault(writing.flavor, type, value) : 'null'),
      }),
    foreignKeyViolations: () => undefined,
    lockHolders: (tables) => ({
      text: writing.flavor.lockHolders(tables.map((key) => literal(parseTableKey(key).name)).join(', ')),
    }),
    refusal: (operation) => definerRefusal(writing.flavor, operation),
  };
}

/** Rows with a NULL in any part never collide. */
function duplicatesSql(table: Table, { parts }: Pick<Index, 'parts'>): string {
  const keys = parts.map((part) => keySql(table, part));
  const labels = parts.map((part, at) => quote(part.column ?? `expression ${at + 1}`));
  const list = keys.map((key, at) => `${key} as ${labels[at]}`).join(', ');
  const present = keys.map((key) => `${key} is not null`).join(' and ');
  return `select ${list}, count(*) as n from ${ansi.table(table.name)} where ${present} group by ${keys.map((_, at) => at + 1).join(', ')} having count(*) > 1 order by count(*) desc limit 5`;
}

function keySql(table: Table, { column: name, expression, length }: IndexPart): string {
  if (name === undefined) return `(${closed(expression ?? 'null')})`;
  const column = table.columns[name];
  // The column may not be there yet: what it will hold is computed.
  const value = column?.generated ? castAs(table, column) : quote(name);
  return length === undefined ? value : `left(${value}, ${length})`;
}

/** The value that a generated column holds, compared as the column compares it. */
function castAs(table: Table, column: Column): string {
  const value = `(${closed(expandGenerated(table, column, new Set()))})`;
  const collation = (column.collation ?? tableCollation(table))?.replaceAll(/\W/gu, '');
  switch (column.type.type) {
    case 'string':
    case 'text':
    case 'uuid':
    case 'enum':
      return collation
        ? `convert(${value} using ${collation.split('_')[0]}) collate ${collation}`
        : `convert(${value} using utf8mb4)`;
    case 'binary':
      return `cast(${value} as binary)`;
    case 'decimal':
      return `cast(${value} as decimal(${column.type.precision},${column.type.scale}))`;
    case 'date':
      return `cast(${value} as date)`;
    case 'native': {
      const fixed = /^binary\((\d+)\)$/u.exec(nativeSql(column.type))?.[1];
      return fixed === undefined ? value : `cast(${value} as binary(${fixed}))`;
    }
    default:
      return value;
  }
}

/** The expression with the generated columns that it uses written out: they may be as new as it is. */
function expandGenerated(table: Table, column: Column, within: ReadonlySet<string>): string {
  const inner = new Set([...within, column.name]);
  const others = Object.values(table.columns).filter((other) => other.generated && !inner.has(other.name));
  return others.reduce((sql, other) => substitute(sql, other, table, inner), column.generated?.expression ?? 'null');
}

function substitute(sql: string, other: Column, table: Table, within: ReadonlySet<string>): string {
  return sql.includes(quote(other.name))
    ? sql.replaceAll(quote(other.name), () => `(${expandGenerated(table, other, within)})`)
    : sql;
}
