import type { Format } from './format.ts';

/** Every format, one line each; the first that owns a file reads it. */
export const formats: readonly Format[] = [];
