import { canonicalJson, canonicalRecord, remembering, sortedKeys } from './canonical.ts';
import { without } from './edit.ts';
import type { Column, Schema, Table } from './schema.ts';
import { sha256 } from './sha256.ts';

/**
 * SHA-256 of a schema: over the canonical JSON of its views, enums and the hash of each table, so that after one
 * operation only the touched tables are hashed again. Who may read a view is not in it. Desired and live fingerprints are never compared with each other.
 */
export const fingerprint: (schema: Schema) => string = remembering(({ enums, tables, views }: Schema) => {
  // Each table's text is made once, not once for each schema that it is a part of.
  const hashes = sortedKeys(tables).map((key) => hashEntry(key, tables[key] as Table));
  const texts = canonicalRecord(views, (view) => canonicalJson(without(view, 'storage')));
  return sha256(`{"enums":${canonicalJson(enums)},"tables":{${hashes.join(',')}},"views":${texts}}`);
});

/** `"name":"hash"`. */
function hashEntry(key: string, table: Table): string {
  const known = entries.get(table);
  if (known?.key === key) return known.text;
  const write = (part: unknown): string =>
    part === table.columns ? canonicalRecord(table.columns, columnText) : canonicalJson(part);
  const text = `${JSON.stringify(key)}:"${sha256(canonicalRecord({ ...table }, write))}"`;
  entries.set(table, { key, text });
  return text;
}

const entries = new WeakMap<Table, { readonly key: string; readonly text: string }>();

/** Most columns of a table that has changed have not. */
const columnText = remembering((column: Column): string => canonicalJson(column));
