import { isSameData } from '../../schema/canonical.ts';
import { entryOf } from '../../schema/entry-of.ts';
import { emptySchema, type EnumType, type Schema, type Table, type View } from '../../schema/schema.ts';
import type { DialectName } from '../../schema/sql-by-dialect.ts';
import type { SchemaByDialect } from '../schema-by-dialect.ts';
import { presumedChanges, type SideOperations } from './difference-on.ts';
import { entriesByDialect } from './entries-by-dialect.ts';

/** One schema of the schemas of all sides: what one database takes for the same as the first one's is said once. */
export function schemasOf(
  sides: readonly [SideOperations, ...SideOperations[]],
  schemaOf: (side: SideOperations) => Schema,
): SchemaByDialect {
  const schemas = sides.map((side): SideSchema => ({ dialect: side.dialect, schema: schemaOf(side) }));
  const [first, ...others] = schemas;
  const common = others.reduce((schema, other) => commonPart(schema, other), first?.schema ?? emptySchema);
  const own = schemas.map(({ dialect, schema }) => [dialect.name, withoutCommon(schema, common)] as const);
  const entries = entriesByDialect(new Map<DialectName, Schema>(own), emptySchema);
  return entries.length === 0 ? common : { ...common, byDialect: Object.fromEntries(entries) };
}

interface SideSchema extends Pick<SideOperations, 'dialect'> {
  readonly schema: Schema;
}

/** What of a schema another database has too. */
function commonPart(schema: Schema, { dialect, schema: other }: SideSchema): Schema {
  const leads = (from: Schema, to: Schema): boolean =>
    presumedChanges(to, from, { side: { dialect } }).some(({ kind }) => kind !== 'createNamespace');
  const isSame = (a: Schema, b: Schema): boolean => !leads(a, b) && !leads(b, a);
  const table = (item: Table): Schema => ({ ...emptySchema, tables: { [item.name]: item } });
  const view = (item: View): Schema => ({ ...emptySchema, views: { [item.name]: item } });
  return {
    tables: filter(schema.tables, other.tables, (a, b) => isSame(table(a), table(b))),
    views: filter(schema.views, other.views, (a, b) => isSame(view(a), view(b))),
    enums: filter<EnumType>(schema.enums, other.enums, isSameData),
  };
}

function filter<T>(
  record: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  isSame: (a: T, b: T) => boolean,
): Readonly<Record<string, T>> {
  return keep(record, (name, item) => {
    const found = entryOf(other, name);
    return found !== undefined && isSame(item, found);
  });
}

function withoutCommon({ tables, views, enums }: Schema, common: Schema): Schema {
  return {
    tables: keep(tables, (name) => !Object.hasOwn(common.tables, name)),
    views: keep(views, (name) => !Object.hasOwn(common.views, name)),
    enums: keep(enums, (name) => !Object.hasOwn(common.enums, name)),
  };
}

function keep<T>(
  record: Readonly<Record<string, T>>,
  isKept: (name: string, item: T) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name, item]) => isKept(name, item)));
}
