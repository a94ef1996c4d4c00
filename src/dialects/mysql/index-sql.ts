import type { Index, IndexPart, Table } from '../../schema/schema.ts';
import { closed } from '../ansi-sql.ts';
import type { Writing } from './column-sql.ts';
import { notSupported, type Flavor } from './flavor.ts';
import { keyBytes } from './key-bytes.ts';
import { literal, quote } from './quote.ts';

/** The most bytes of an InnoDB key (manual, "InnoDB Limits"). */
const innodbKeyLimit = 3072;

/** An index definition, as `create table` and `alter table … add` take it. */
export function writeIndex({ flavor }: Writing, index: Index, table: Table): string {
  refuse(flavor, index);
  if (!isSpecial(index)) refuseLongKey(flavor, index, table);
  const kind = index.unique
    ? 'unique key'
    : index.method === 'fulltext' || index.method === 'spatial'
      ? `${index.method} key`
      : 'key';
  const words = [kind, quote(index.name), `(${index.parts.map((part) => writePart(part)).join(', ')})`];
  if (index.method === 'hash') words.push('using hash');
  if (index.comment !== undefined) words.push(`comment ${literal(index.comment)}`);
  if (index.invisible) words.push(flavor.hiddenIndex);
  return words.join(' ');
}

function writePart({ column, expression, length, descending }: IndexPart): string {
  const key = column === undefined ? `(${closed(expression ?? 'null')})` : quote(column);
  return `${key}${length === undefined ? '' : `(${length})`}${descending ? ' desc' : ''}`;
}

const isSpecial = ({ method }: Index): boolean => method === 'fulltext' || method === 'spatial' || method === 'hash';

function refuse(flavor: Flavor, index: Index): void {
  const part = (test: (part: IndexPart) => unknown): boolean => index.parts.some(test);
  const unsupported: readonly (readonly [unknown, string])[] = [
    [index.where !== undefined, `hold an index for only some rows (${index.name})`],
    [index.include?.length, `store further columns with an index (${index.name})`],
    [
      index.method === 'hash' && !(flavor.longUniquesAreHashes && index.unique),
      `build an index by hash (${index.name}): InnoDB makes a b-tree of it`,
    ],
    [index.nullsNotDistinct, `treat NULLs as equal in a unique index (${index.name})`],
    [index.deferrable, `check a unique constraint at commit (${index.name})`],
    [part(({ nulls }) => nulls), `choose where NULLs stand in an index (${index.name})`],
    [part(({ collation }) => collation), `give an index a collation of its own (${index.name})`],
    [part(({ operatorClass }) => operatorClass), `give an index an operator class (${index.name})`],
    [
      index.method && !isSpecial(index) && index.method !== 'btree',
      `build an index by the method ${index.method} (${index.name})`,
    ],
    [
      !flavor.indexesExpressions && part(({ expression }) => expression !== undefined),
      `index an expression (${index.name}); index a generated column instead`,
    ],
  ];
  const found = unsupported.find(([is]) => is);
  if (found) throw notSupported(flavor, found[1], 'createIndex');
}

/** MySQL refuses such a key half-way through a plan; MariaDB silently cuts it or makes it a hash. Both must not happen. */
function refuseLongKey(flavor: Flavor, index: Index, table: Table): void {
  const sizes = index.parts.map((part) => partBytes(part, table));
  const unlimited = sizes.indexOf(null);
  if (unlimited >= 0)
    throw notSupported(
      flavor,
      `index all of ${index.parts[unlimited]?.column} (${index.name}) without a prefix length`,
      'createIndex',
    );
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  if (bytes > innodbKeyLimit)
    throw notSupported(
      flavor,
      `hold a key of ${bytes} bytes (${index.name}): the limit is ${innodbKeyLimit}`,
      'createIndex',
    );
}

/** Bytes of one part; `null` where it has no end, `undefined` where they are not known. */
function partBytes({ column: name, length }: IndexPart, table: Table): number | null | undefined {
  const column = name === undefined ? undefined : table.columns[name];
  if (!column) return undefined;
  const collation = column.collation ?? tableCollation(table);
  return keyBytes(column.type, { ...(length !== undefined && { length }), collation }) ?? null;
}

/** The collation of a table's columns where they name none. */
export function tableCollation({ storage }: Table): string | undefined {
  const collation = storage?.['collation'];
  return typeof collation === 'string' ? collation : undefined;
}
