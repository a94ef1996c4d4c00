import { canonicalJson } from './canonical.ts';
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
  const tables = Object.fromEntries(Object.entries(schema.tables).map(([name, table]) => [name, hashTable(table)]));
  const views = Object.entries(schema.views).map(([name, view]) => [name, without(view, 'storage')] as const);
  return sha256(canonicalJson({ tables, views: Object.fromEntries(views), enums: schema.enums }));
}

const hashes = new WeakMap<Table, string>();

function hashTable(table: Table): string {
  const known = hashes.get(table);
  if (known !== undefined) return known;
  const hash = sha256(canonicalJson(table));
  hashes.set(table, hash);
  return hash;
}
