import { parseTableKey } from '../schema/names.ts';
import type { Check, Deferrable, ForeignKey, PrimaryKey } from '../schema/schema.ts';
import type { Queries } from './dialect.ts';

/** The SQL that all databases spell alike, given how one of them quotes a name. */
export interface AnsiSql {
  /** A table's name from its key: `"t"` or `"namespace"."t"`. */
  table(key: string): string;
  /** Names with commas: `"a", "b"`. */
  columns(names: readonly string[]): string;
  /** `constraint "n" primary key ("a", "b")`; the name only where there is one. */
  primaryKeyClause(primaryKey: PrimaryKey): string;
  /** `constraint "n" foreign key ("a") references "t" ("b") on delete cascade`; actions and deferral only where present. */
  foreignKeyClause(foreignKey: ForeignKey): string;
  /** `constraint "n" check (…)`. */
  checkClause(check: Check): string;
  readonly queries: Pick<
    Queries,
    | 'countRows'
    | 'hasRows'
    | 'countNulls'
    | 'sampleOrphans'
    | 'sampleViolations'
    | 'selectColumns'
    | 'selectJoin'
    | 'selectRows'
    | 'insertRows'
    | 'sampleValues'
  >;
}

/** Builds the shared SQL around one database's quoting function; `text` is the type that a value is cast to as text. */
export function ansiSql(quote: (name: string) => string, text: 'text' | 'char' = 'text'): AnsiSql {
  const columns = (names: readonly string[]): string => names.map(quote).join(', ');
  const table = (key: string): string => {
    const { name, namespace } = parseTableKey(key);
    return namespace === undefined ? quote(name) : `${quote(namespace)}.${quote(name)}`;
  };
  return {
    table,
    columns,
    primaryKeyClause: ({ name, columns: key }) => `${named(quote, name)}primary key (${columns(key)})`,
    foreignKeyClause: (key) =>
      `${named(quote, key.name)}foreign key (${columns(key.columns)}) references ${table(key.references.table)} (${columns(key.references.columns)})${actions(key)}${deferral(key.deferrable)}`,
    checkClause: ({ name, expression }) => `${named(quote, name)}check (${closed(expression)})`,
    queries: {
      ...ansiQueries(quote, table),
      selectRows: selectRows(quote, table, text),
      insertRows: (key, rows) => {
        const names = Object.keys(rows[0] ?? {});
        const places = `(${names.map(() => '?').join(', ')})`;
        return {
          text: `insert into ${table(key)} (${columns(names)}) values ${rows.map(() => places).join(', ')}`,
          parameters: rows.flatMap((row) => names.map((name) => row[name] ?? null)),
        };
      },
      sampleValues: sampleValues(quote, table, text),
    },
  };
}

/** ` deferrable initially deferred` and the like; empty where not deferrable. */
export function deferral(deferrable: Deferrable | undefined): string {
  return deferrable === undefined ? '' : ` deferrable initially ${deferrable}`;
}

/** An expression that may end with a line comment, made safe to stand before a closing parenthesis. */
export function closed(expression: string): string {
  return expression.includes('--') || expression.includes('#') ? `${expression}\n` : expression;
}

const named = (quote: (name: string) => string, name: string | undefined): string =>
  name === undefined || name === '' ? '' : `constraint ${quote(name)} `;

function actions({ onDelete, onUpdate }: ForeignKey): string {
  return (onDelete ? ` on delete ${onDelete}` : '') + (onUpdate ? ` on update ${onUpdate}` : '');
}

function selectRows(
  quote: (name: string) => string,
  table: (key: string) => string,
  text: string,
): Queries['selectRows'] {
  return (key, columns, orderBy) => {
    const values = columns.map((name) => `cast(c.${quote(name)} as ${text}) as ${quote(name)}`);
    const order = orderBy.length === 0 ? '' : ` order by ${orderBy.map((name) => `c.${quote(name)}`).join(', ')}`;
    return { text: `select ${values.join(', ')} from ${table(key)} c${order}` };
  };
}

/** The rows that are looked at are few, so that a large table costs no more than a small one. */
function sampleValues(
  quote: (name: string) => string,
  table: (key: string) => string,
  text: string,
): Queries['sampleValues'] {
  return (key, column) => ({
    text: `select distinct substr(cast(s.value as ${text}), 1, 60) as value from (select c.${quote(column)} as value from ${table(key)} c where c.${quote(column)} is not null limit 1000) s limit 3`,
  });
}

// Columns are always qualified: SQLite takes a quoted name that is no column for a string.
function ansiQueries(
  quote: (name: string) => string,
  table: (key: string) => string,
): Omit<AnsiSql['queries'], 'selectRows' | 'insertRows' | 'sampleValues'> {
  const of = (alias: string, name: string): string => `${alias}.${quote(name)}`;
  return {
    countRows: (key) => ({ text: `select count(*) as n from ${table(key)}` }),
    hasRows: (key) => ({ text: `select 1 as n from ${table(key)} limit 1` }),
    countNulls: (key, column) => ({
      text: `select count(*) as n from ${table(key)} c where ${of('c', column)} is null`,
    }),
    sampleOrphans: (key, { columns, references }) => {
      const child = columns.map((name) => of('c', name));
      const match = references.columns.map((name, at) => `${of('p', name)} = ${child[at]}`).join(' and ');
      const present = child.map((name) => `${name} is not null`).join(' and ');
      const orphan = `not exists (select 1 from ${table(references.table)} p where ${match})`;
      return {
        text: `select ${child.join(', ')}, count(*) as n from ${table(key)} c where ${present} and ${orphan} group by ${child.join(', ')} order by count(*) desc limit 5`,
      };
    },
    // No alias: the check may name its table.
    sampleViolations: (key, { expression }) => ({
      text: `select ${table(key)}.*, count(*) over () as n from ${table(key)} where not (${closed(expression)}) limit 5`,
    }),
    selectColumns: (key, columns) => ({
      text: `select ${columns.map((name) => of('c', name)).join(', ')} from ${table(key)} c limit 1`,
    }),
    selectJoin: (key, { columns, references }) => {
      const match = references.columns
        .map((name, at) => `${of('p', name)} = ${of('c', columns[at] ?? name)}`)
        .join(' and ');
      const both = [...columns.map((name) => of('c', name)), ...references.columns.map((name) => of('p', name))].join(
        ', ',
      );
      return { text: `select ${both} from ${table(key)} c left join ${table(references.table)} p on ${match} limit 1` };
    },
  };
}
