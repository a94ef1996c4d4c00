/** What three queries tell about a database that should need nothing. */
export interface IdleState {
  /** The last event of the log. */
  readonly head:
    | { readonly version: number; readonly hash: string; readonly release: string | null; readonly event: string }
    | undefined;
  /** What the last run that left nothing to do wrote down: JSON. */
  readonly settled: string | null;
  /** Digest of the catalogs as they are now. */
  readonly digest: string;
}

/** Where the database is, as its URL says. */
export interface IdleTarget {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database: string;
  readonly ssl?:
    | false
    | { readonly rejectUnauthorized: boolean; readonly verifyIdentity: boolean; readonly ca?: string }
    | undefined;
}

/** Names of the log's tables, quoted by the reader. */
export interface IdleTables {
  readonly versions: string;
  readonly lock: string;
  readonly schema?: string | undefined;
}

/**
 * Asks a database by the bare driver, with at most three queries and no write. `load` brings a package that belongs to
 * MikroORM's driver; `meanwhile` is called once, while the server works where there is one. Throws whatever the driver
 * throws: the caller then takes the full path.
 */
export type IdleReader = (
  target: IdleTarget,
  tables: IdleTables,
  tools: { readonly load: (name: string) => unknown; readonly meanwhile: () => void },
) => Promise<IdleState>;
