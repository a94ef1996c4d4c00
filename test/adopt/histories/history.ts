import type { DatabaseKind } from '../../support/databases.ts';
import type { TableName } from '../support/look-at.ts';

/** A history as a tool that does not run here leaves it: its tables by the tool's own statements, and rows. */
export interface WrittenHistory {
  readonly tool: string;
  /** Where the statements are from. */
  readonly source: string;
  readonly kinds: readonly DatabaseKind[];
  readonly globs: readonly string[];
  tables(kind: DatabaseKind): readonly TableName[];
  create(kind: DatabaseKind): readonly string[];
  readonly expected: readonly ExpectedEntry[];
  /** What makes it unfinished, after `create`, and what must be said of it. */
  readonly unfinished: readonly {
    readonly title: string;
    statements(kind: DatabaseKind): readonly string[];
    readonly says: RegExp;
  }[];
}

export interface ExpectedEntry {
  /** The name in our log. */
  readonly migration: string;
  readonly name?: string;
  readonly path?: string;
  readonly appliedAt?: string;
  readonly verified?: boolean;
}

/** What differs between databases; MariaDB is as MySQL. */
export function by<T>(
  kind: DatabaseKind,
  choices: { readonly sqlite: T; readonly postgresql: T; readonly mysql: T },
): T {
  return choices[kind === 'mariadb' ? 'mysql' : kind];
}
