import { redact } from '../config/secret.ts';
import { unsafe } from './safe-text.ts';

/** What may leave the process: no secret, and no control character; within JSON the escapes mean the same. */
export function seal(text: string): string {
  return redact(text).replace(unsafe, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
