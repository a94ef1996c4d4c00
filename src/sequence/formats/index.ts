import type { Format } from './format.ts';
import { mikroOrm } from './mikro-orm.ts';
import { module } from './module.ts';
import { typed } from './typed.ts';

/** Every format, one line each; the first that owns a file reads it. */
export const formats: readonly Format[] = [typed, mikroOrm, module];
