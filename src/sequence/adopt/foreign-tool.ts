import type { MigrationFile } from '../migration-file.ts';
import type { FileToVerify } from './file-to-verify.ts';
import type { Project } from './project.ts';

/** Another migration tool: how its history is known and read. Tables are only read, and by the caller: tools are pure. */
export interface ForeignTool {
  /** As `--from` takes it; the log keeps the word. */
  readonly name: string;
  /** Other words for it that `--from` takes. */
  readonly aliases?: readonly string[];
  readonly title: string;
  /** Any of these is its history. */
  readonly tables: readonly HistoryTable[];
  /** Its other tables that matter, such as a lock. */
  readonly beside?: readonly HistoryTable[];
  /** False where rows of a table with the right columns are of another tool. */
  fits?(rows: readonly TextRow[]): boolean;
  /** What it says has happened, in order. Several entries of one name: the last counts. */
  read(source: ForeignSource): ForeignHistory | Promise<ForeignHistory>;
  /** The file of an entry; by name where absent. */
  match?(entry: ForeignEntry, files: readonly MigrationFile[]): MigrationFile | undefined;
  /** Whether an entry's checksum is that of the file; `undefined` where that cannot be told. */
  verify?(entry: ForeignEntry, file: FileToVerify): boolean | undefined;
}

/** How a table of a tool is recognised: by its name and by columns, which are compared without case. */
export interface HistoryTable {
  /** Every spelling that the tool or a database gives it. */
  readonly names: readonly string[];
  /** Namespaces that it may be in besides the default one. */
  readonly namespaces?: readonly string[];
  /** The namespace that a person named: it is in no other. */
  readonly within?: string;
  readonly columns: readonly string[];
  /** Read where they are there. */
  readonly optional?: readonly string[];
  /** It has no other column. */
  readonly alone?: true;
  readonly orderBy: readonly string[];
}

/** A row with its values as text, under the names of columns in lower case. */
export type TextRow = Readonly<Record<string, string | null>>;

/** What a tool reads its history from. */
export interface ForeignSource {
  readonly rows: readonly TextRow[];
  /** Rows of the tables beside, by the first of their names; absent where there is no such table. */
  readonly beside: Readonly<Record<string, readonly TextRow[]>>;
  readonly project: Project;
}

export interface ForeignHistory {
  readonly entries: readonly ForeignEntry[];
  /** What is unfinished without being an entry: a lock that is held. */
  readonly problems?: readonly string[];
}

/** One migration as another tool recorded it. */
export interface ForeignEntry {
  readonly name: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS.ffffff`, where the tool says when. */
  readonly appliedAt?: string;
  readonly checksum?: string;
  readonly state: 'applied' | 'failed' | 'unfinished' | 'rolled back';
  /** What the tool says of a failure. */
  readonly detail?: string;
}
