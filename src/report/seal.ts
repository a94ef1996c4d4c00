import { redact } from '../config/secret.ts';
import { escaped, unsafe } from './safe-text.ts';

/** What may leave the process: no secret, and no control character; within JSON the escapes mean the same. */
export function seal(text: string): string {
  return redact(text).replace(unsafe, escaped);
}
