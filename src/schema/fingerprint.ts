import { canonicalJson, canonicalRecord } from './canonical.ts';
import { without } from './edit.ts';
import type { Schema, Table } from './schema.ts';
import { sha256 } from './sha256.ts';

/**
 * SHA-256 of a schema: over the canonical JSON of its views, enums and the hash of each table, so that after one
 * operation only the touched tables are hashed again. Who may read a view is not in it. Desired and live fingerprints are never compared with each other.
 */
export function fingerprint(schema: Schema): string {
  const known = prints.get(schema);
  if (known !== undefined) return known;
  const print = printOf(schema);
  prints.set(schema, print);
  return print;
}

const prints = new WeakMap<Schema, string>();

function printOf(schema: Schema): string {
  const enums = canonicalJson(schema.enums);
  const tables = canonicalRecord(schema.tables, (table) => `"${hashTable(table)}"`);
  const views = canonicalRecord(schema.views, (view) => canonicalJson(without(view, 'storage')));
  return sha256(`{"enums":${enums},"tables":${tables},"views":${views}}`);
}

const hashes = new WeakMap<Table, string>();

function hashTable(table: Table): string {
  const known = hashes.get(table);
  if (known !== undefined) return known;
  const hash = sha256(canonicalJson(table));
  hashes.set(table, hash);
  return hash;
}
