import { MigrateError } from '../../errors.ts';

/** In what MariaDB differs from MySQL, as data. */
export interface Flavor {
  readonly name: 'mysql' | 'mariadb';
  readonly displayName: string;
  /** An index part may be an expression. */
  readonly indexesExpressions: boolean;
  /** A generated column may be NOT NULL. */
  readonly generatedMayBeNotNull: boolean;
  /** `default 'x'` works on text, json and blob; else only `default ('x')`. */
  readonly literalDefaultOnText: boolean;
  /** What hides an index from the optimizer. */
  readonly hiddenIndex: 'invisible' | 'ignored';
  /** `drop check n` or `drop constraint n`. */
  readonly dropCheck: 'check' | 'constraint';
  /** A check may belong to a column, bears its name and goes with a MODIFY that leaves it out. */
  readonly columnChecks: boolean;
  /** Renaming a column respells checks and generated columns that name it; else the server refuses. */
  readonly renamesInExpressions: boolean;
  /** `default current_timestamp` on `datetime(3)` means three digits. */
  readonly nowHasColumnPrecision: boolean;
  /** The catalog gives an expression back whole when it holds characters beyond U+FFFF. */
  readonly catalogHoldsAllExpressions: boolean;
  /** `alter column … set default` forgets `on update`. */
  readonly alterDefaultDropsOnUpdate: boolean;
  /** A unique key of a column without end is kept by a hash of its values. */
  readonly longUniquesAreHashes: boolean;
  /** What is done without keeping writers out until all rows are copied, where the two differ. */
  readonly online: {
    /** A column whose default the server has to compute. */
    readonly addComputed: boolean;
    readonly stopAutoIncrement: boolean;
    /** Another expression of a virtual column. */
    readonly changeVirtual: boolean;
    /** Another collation of a column that an index is over. */
    readonly changeCollationOfKey: boolean;
  };
  /** A new table has the tables that it refers to to itself for a moment. */
  readonly referringLocksParents: boolean;
  /** Any of these rights lets a user make what runs as another. */
  readonly definerRights: readonly string[];
  /** Who holds a lock on tables whose names are these literals: rows `{ holder }`. */
  lockHolders(names: string): string;
  readonly manual: {
    readonly createIndex: string;
    readonly foreignKeys: string;
    readonly createTable: string;
    readonly createView: string;
    readonly enums: string;
    readonly metadata: string;
    readonly names: string;
    readonly partitioning: string;
  };
}

/** The error for what this server's manual says it cannot do. */
export function notSupported(
  flavor: Flavor,
  what: string,
  page: keyof Flavor['manual'],
): MigrateError<'NOT_SUPPORTED'> {
  return new MigrateError('NOT_SUPPORTED', { what, database: flavor.displayName, manual: flavor.manual[page] });
}

/**
 * Refuses a text that the server would keep or answer as question marks: its catalogs are of three-byte characters,
 * so what is written could never be found equal to what is read.
 */
export function refuseUnreadable(flavor: Flavor, text: string | undefined, where: string): void {
  if (text !== undefined && /[\u{10000}-\u{10ffff}]/u.test(text))
    throw notSupported(flavor, `give characters beyond U+FFFF back from ${where}`, 'metadata');
}

const manual = 'https://dev.mysql.com/doc/refman/8.4/en';

export const mysqlFlavor: Flavor = {
  name: 'mysql',
  displayName: 'MySQL',
  indexesExpressions: true,
  generatedMayBeNotNull: true,
  literalDefaultOnText: false,
  hiddenIndex: 'invisible',
  dropCheck: 'check',
  columnChecks: false,
  renamesInExpressions: false,
  nowHasColumnPrecision: false,
  catalogHoldsAllExpressions: true,
  alterDefaultDropsOnUpdate: false,
  longUniquesAreHashes: false,
  online: { addComputed: false, stopAutoIncrement: false, changeVirtual: false, changeCollationOfKey: false },
  referringLocksParents: true,
  definerRights: ['SET_ANY_DEFINER', 'SET_USER_ID', 'SUPER'],
  lockHolders: (
    names,
  ) => `select distinct concat('process ', t.processlist_id, ' of ', t.processlist_user, '@', t.processlist_host) as holder
    from performance_schema.metadata_locks m join performance_schema.threads t on t.thread_id = m.owner_thread_id
    where m.object_type = 'TABLE' and m.object_schema = database() and m.object_name in (${names}) and m.lock_status = 'GRANTED'
    and t.processlist_id <> connection_id() limit 3`,
  manual: {
    createIndex: `${manual}/create-index.html`,
    foreignKeys: `${manual}/create-table-foreign-keys.html`,
    createTable: `${manual}/create-table.html`,
    createView: `${manual}/create-view.html`,
    enums: `${manual}/enum.html`,
    metadata: `${manual}/charset-metadata.html`,
    names: `${manual}/identifier-qualifiers.html`,
    partitioning: `${manual}/partitioning-limitations.html`,
  },
};
