import { parseTableKey } from '../schema/names.ts';
import type { Column } from '../schema/schema.ts';
import type { Statement } from './dialect.ts';
import { closed } from './ansi-sql.ts';

/** A table as it will be: columns that a plan adds, whose rows hold their default, or a table that is not there yet. */
export interface Assumption {
  readonly table: string;
  readonly exists: boolean;
  readonly added: readonly Column[];
}

/** How one database spells what `assumeTables` needs. */
export interface AssumeSpelling {
  quote(name: string): string;
  /** The table itself, where its bare name means the assumption. */
  base(table: string): string;
  /** The value that existing rows get, in the column's type; `null` where it has no default. */
  value(column: Column): string;
}

/**
 * The statement over the tables as assumed: a common table expression hides each real table behind its own name.
 * `undefined` where that cannot be said: a table of another namespace.
 */
export function assumeTables(
  assumptions: readonly Assumption[],
  statement: Statement,
  spelling: AssumeSpelling,
): Statement | undefined {
  const needed = assumptions.filter(({ exists, added }) => !exists || added.length > 0);
  if (needed.some(({ table }) => parseTableKey(table).namespace !== undefined)) return undefined;
  if (needed.length === 0) return statement;
  const list = needed.map(
    (item) => `${spelling.quote(parseTableKey(item.table).name)} as (${assumed(item, spelling)})`,
  );
  return { ...statement, text: `with ${list.join(', ')} ${statement.text}` };
}

/** Generated columns come last: they may name the others. */
function assumed({ table, exists, added }: Assumption, spelling: AssumeSpelling): string {
  const plain = added.filter(({ generated }) => !generated);
  const generated = added.filter((column) => column.generated);
  const values = plain.map((column) => `${spelling.value(column)} as ${spelling.quote(column.name)}`);
  const expressions = generated.map(
    (column) => `(${closed(column.generated?.expression ?? 'null')}) as ${spelling.quote(column.name)}`,
  );
  const inner = exists
    ? `select ${['o.*', ...values].join(', ')} from ${spelling.base(table)} o`
    : `select ${values.join(', ') || '1'} from (select 1 as e) o where 1 = 0`;
  return generated.length === 0 ? inner : `select ${['p.*', ...expressions].join(', ')} from (${inner}) p`;
}
