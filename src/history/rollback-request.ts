/** What a person wants taken back: all after a version, the last changes, or what one run did. */
export type RollbackRequest =
  | { readonly kind: 'to'; readonly version: number }
  | { readonly kind: 'steps'; readonly count: number }
  /** The id of a run, or the beginning of it. */
  | { readonly kind: 'run'; readonly id: string };
