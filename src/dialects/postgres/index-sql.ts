import type { Index, IndexPart } from '../../schema/schema.ts';
import { closed, deferral } from '../ansi-sql.ts';
import type { Statement } from '../dialect.ts';
import { quoteCollation } from './column-sql.ts';
import { notSupported } from './not-supported.ts';
import { ansi, literal, quote, quoteBeside, quoteKey, quotePlain } from './quote.ts';

/** `create index`, or a unique constraint, and its comment. */
export function createIndex(table: string, index: Index): Statement[] {
  refuseForeign(index);
  const create = index.constraint
    ? `alter table ${quoteKey(table)} add ${uniqueClause(index)}`
    : indexStatement(table, index);
  return [{ text: create }, ...commentOnIndex(table, index)];
}

/** Drops the index, or the constraint that owns it. */
export function dropIndexStatement(table: string, index: Index): Statement {
  if (index.constraint) return { text: `alter table ${quoteKey(table)} drop constraint ${quote(index.name)}` };
  return { text: `drop index ${quoteBeside(table, index.name)}` };
}

/** `constraint "n" unique nulls not distinct ("a") include ("b") deferrable …`. */
export function uniqueClause(index: Index): string {
  const columns = index.parts.map(({ column }) => column ?? '');
  const nulls = index.nullsNotDistinct ? ' nulls not distinct' : '';
  return `constraint ${quote(index.name)} unique${nulls} (${ansi.columns(columns)})${include(index)}${deferral(index.deferrable)}`;
}

/** The comment of an index, where it has one. */
export function commentOnIndex(table: string, index: Pick<Index, 'name' | 'comment'>): Statement[] {
  return index.comment === undefined
    ? []
    : [{ text: `comment on index ${quoteBeside(table, index.name)} is ${literal(index.comment)}` }];
}

/** A key part as `create index` wants it: an expression is always in parentheses of its own. */
export function partKey(part: IndexPart): string {
  const key = part.column === undefined ? `(${closed(part.expression ?? '')})` : quote(part.column);
  return key + (part.collation === undefined ? '' : ` collate ${quoteCollation(part.collation)}`);
}

/** Refuses what other databases' indexes have and PostgreSQL's cannot; it would be lost without a word. */
function refuseForeign({ name, method, parts, invisible }: Index): void {
  const manual = 'sql-createindex.html';
  if (parts.some(({ length }) => length !== undefined))
    throw notSupported(
      `index a prefix of a column (${name}); index an expression like left(column, 10) instead`,
      manual,
    );
  if (method === 'fulltext')
    throw notSupported(
      `make the full-text index ${name} of a plain column; index to_tsvector(…) by gin instead`,
      'textsearch-indexes.html',
    );
  if (method === 'spatial') throw notSupported(`make the spatial index ${name}; index by gist instead`, manual);
  if (invisible) throw notSupported(`hide the index ${name} from the query planner`, manual);
}

function indexStatement(table: string, index: Index): string {
  const method = index.method === undefined ? '' : ` using ${quotePlain(index.method)}`;
  const nulls = index.nullsNotDistinct ? ' nulls not distinct' : '';
  const where = index.where === undefined ? '' : ` where ${index.where}`;
  const parts = index.parts.map(indexPart).join(', ');
  return `create ${index.unique ? 'unique ' : ''}index ${quote(index.name)} on ${quoteKey(table)}${method} (${parts})${include(index)}${nulls}${where}`;
}

function indexPart(part: IndexPart): string {
  const opclass = part.operatorClass === undefined ? '' : ` ${quoteOperatorClass(part.operatorClass)}`;
  return `${partKey(part)}${opclass}${part.descending ? ' desc' : ''}${part.nulls ? ` nulls ${part.nulls}` : ''}`;
}

/** As the catalog writes it where it is not seen bare: `namespace.name`, each quoted where needed. */
function quoteOperatorClass(name: string): string {
  return /^(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")\.(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")$/u.test(name)
    ? name
    : quotePlain(name);
}

function include(index: Index): string {
  return index.include && index.include.length > 0 ? ` include (${ansi.columns(index.include)})` : '';
}
