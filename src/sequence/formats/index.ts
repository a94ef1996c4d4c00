import { flyway } from './flyway.ts';
import type { Format } from './format.ts';
import { mikroOrm } from './mikro-orm.ts';
import { module } from './module.ts';
import { sqlByDatabase } from './sql-by-database.ts';
import { sqlPair } from './sql-pair.ts';
import { sqlSections } from './sql-sections.ts';
import { typed } from './typed.ts';

/** Every format, one line each; the first that owns a file reads it, so what is more particular comes first. */
export const formats: readonly Format[] = [flyway, sqlByDatabase, sqlPair, sqlSections, typed, mikroOrm, module];
