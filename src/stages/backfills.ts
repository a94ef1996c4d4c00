import type { Schema } from '../schema/schema.ts';
import { zeroValue } from '../schema/zero-value.ts';
import type { BackfillSource } from '../plan/expand.ts';
import { entryOf } from '../schema/entry-of.ts';
import { sqlFor } from '../schema/sql-by-dialect.ts';
import type { Run } from './run.ts';

/** What the options say that a NULL is to become on a database. */
export function backfillsOf({
  options,
  dialect,
}: Pick<Run, 'options'> & { readonly dialect: Pick<Run['dialect'], 'name'> }): BackfillSource {
  return (table, column) => {
    const source = entryOf(entryOf(options.tables, table)?.columns, column)?.backfill;
    if (!source) return undefined;
    if ('value' in source)
      return { value: typeof source.value === 'object' ? JSON.stringify(source.value) : source.value };
    const sql = sqlFor(dialect.name, source.sql);
    return sql === undefined ? undefined : { sql };
  };
}

/** The same; with `--force-sync` what the options leave open becomes the zero value of the model's type. */
export function backfillsFor(run: Pick<Run, 'options' | 'dialect' | 'flags'>, { tables }: Schema): BackfillSource {
  const declared = backfillsOf(run);
  if (!run.flags.forceSync) return declared;
  return (table, column) => {
    const known = declared(table, column);
    const type = entryOf(entryOf(tables, table)?.columns, column)?.type;
    const value = type && zeroValue(type);
    return known ?? (value === undefined ? undefined : { value });
  };
}
