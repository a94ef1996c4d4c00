/** A schema to begin with, and single edits of it. */
export interface OracleCases {
  readonly schema: string;
  /** What must be seen: a name for the edit, pairs of the text that is replaced (it occurs once) and the text in its place. */
  readonly seen: readonly Edit[];
  /** What must not be seen. */
  readonly unseen: readonly Edit[];
}

export type Edit = readonly [name: string, ...fromAndTo: string[]];
