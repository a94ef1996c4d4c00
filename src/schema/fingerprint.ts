import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';
import type { Schema } from './schema.ts';

/** SHA-256 of a text, as 64 hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 of the canonical JSON of a schema. Desired and live fingerprints are never compared with each other. */
export function fingerprint(schema: Schema): string {
  return sha256(canonicalJson(schema));
}
