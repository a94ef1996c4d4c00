import { ansiSql } from '../ansi-sql.ts';
import { quote } from './quote.ts';

/** The SQL that all databases spell alike, with SQLite's quotes. */
export const ansi = ansiSql(quote);
