/** Names of the three tables that the tool keeps in the database. */
export interface LogTables {
  readonly versions: string;
  readonly snapshots: string;
  readonly lock: string;
  readonly schema?: string;
}

/** The names that follow from the options: the default ones, or ones that begin with the chosen name. */
export function logTables(
  options: { readonly table?: string | undefined; readonly schema?: string | undefined } = {},
): LogTables {
  const { table = 'schema_versions', schema } = options;
  const prefix = table === 'schema_versions' ? 'schema' : table;
  return {
    versions: table,
    snapshots: `${prefix}_snapshots`,
    lock: `${prefix}_lock`,
    ...(schema !== undefined && { schema }),
  };
}
