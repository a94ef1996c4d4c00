import { entryOf } from '../schema/entry-of.ts';
import type { Schema } from '../schema/schema.ts';
import type { Script } from './script.ts';

/** True where a database has what a file is for, and has not what it must not have. */
export function isMeantFor({ when }: Pick<Script, 'when'>, schema: Schema): boolean {
  if (!when) return true;
  const isThere = when.exists === undefined || exists(when.exists, schema);
  return isThere && (when.missing === undefined || !exists(when.missing, schema));
}

/** A table, a view, or a column as `table.column`; a name with a dot in it is looked for as it is first. */
function exists(object: string, { tables, views }: Schema): boolean {
  if (entryOf(tables, object) ?? entryOf(views, object)) return true;
  const dot = object.lastIndexOf('.');
  return dot > 0 && entryOf(entryOf(tables, object.slice(0, dot))?.columns, object.slice(dot + 1)) !== undefined;
}
