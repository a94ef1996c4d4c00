import type { ChangeClass } from '../operations/change-class.ts';
import type { Operation, Undo } from '../operations/index.ts';
import type { Spelling } from '../diff/expressions.ts';
import type { Loss } from '../plan/rollback-plan.ts';

/** What an event comes from. Some are reserved. */
export type Source = 'legacy' | 'generated' | 'models' | 'imported' | 'baseline' | 'rollback' | 'repair';
/** What an event says. Some are reserved. */
export type EventKind =
  | 'run'
  | 'started'
  | 'applied'
  | 'failed'
  | 'skipped'
  | 'settled'
  | 'rolled_back'
  | 'imported'
  | 'baseline'
  | 'verified'
  | 'drift'
  | 'repaired';

/** The one format of payloads that this version writes. Readers ignore keys and kinds they do not know. */
export const payloadFormat = 1;

/**
 * One fact about one change, as it enters the hash chain. Times are the server's, UTC, `YYYY-MM-DD HH:MM:SS.ffffff`;
 * durations (`ms`) are milliseconds; schemas are named by their fingerprints.
 */
export interface EventPayload {
  readonly v: 1;
  /** Its place in the log, from 1 without gaps. */
  readonly version: number;
  readonly run: string;
  readonly release?: string;
  /** Of the release, in the first event of a run. */
  readonly lineage?: { readonly parents: readonly string[]; readonly ancestors: readonly string[] };
  readonly migration: string;
  readonly step: number;
  readonly source: Source;
  readonly event: EventKind;
  /** Version of the event that this one closes or undoes. */
  readonly ref?: number;
  /** Version of the `started` event that this one closes, where `ref` names the event that it undoes. */
  readonly closes?: number;
  readonly class?: ChangeClass;
  readonly operation?: Operation;
  readonly object?: string;
  readonly summary: string;
  /** What was sent; where many statements were sent in one message, `ms` is the share of each. */
  readonly sql: readonly { readonly text: string; readonly ms: number; readonly rows?: number }[];
  readonly undo?: Undo<Operation> & { readonly sql: readonly string[] };
  readonly risks?: readonly { readonly id: string; readonly severity: string }[];
  readonly approval?: { readonly hash: string; readonly actor: string };
  readonly rows?: { readonly before: number; readonly after: number };
  /** Rows and values that went with it, counted just before it ran; absent where it took none away or nobody counted. */
  readonly losses?: readonly Loss[];
  /** How the catalog respelled what was written. */
  readonly expressions?: readonly Spelling[];
  /** JSON of the touched tables before and after, in a `started` event: what a settling run compares with. */
  readonly before?: string;
  readonly expected?: string;
  readonly schemaBefore?: string;
  readonly schemaAfter?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly actor: string;
  readonly host: string;
  readonly tool: string;
  readonly app?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** In the event that completes a migration file: the file as it was. */
  readonly file?: FileRecord;
  /** SHA-256 of the parameters that a statement of the user's code ran with; the values themselves are not logged. */
  readonly parameters?: string;
  /** In a `started` event of the user's SQL: what must hold once it has run. */
  readonly after?: PostCondition;
  /** What SQL of the user's did to the schema, found by looking before and after. */
  readonly derived?: readonly Operation[];
  /** Where an imported migration was recorded before. */
  readonly provenance?: Provenance;
  /** In the first event of a run on an empty database: files that wait for the models. */
  readonly deferred?: readonly string[];
  /** In an event of a rollback: one of several that take back the event `ref`; only the last of them is `rolled_back`. */
  readonly part?: true;
  /**
   * Of code of an author's. `statement`: one statement that the code of a way back executed. `rest`: everything that code did
   * from its first write through the EntityManager on.
   */
  readonly code?: 'statement' | 'rest';
  /** In the first event of a rollback: the versions of the changes that it takes back. */
  readonly takes?: readonly number[];
  /** In the first event of a rollback: the releases whose work is taken back, which do not run again by themselves. */
  readonly withdrawn?: readonly string[];
}

/** A query that finds rows, or none, once a statement has taken effect. */
export interface PostCondition {
  readonly sql: string;
  readonly rows: 'some' | 'none';
  /** Said where it does not hold. */
  readonly message?: string;
}

/** A migration file as the log keeps it: enough to see an edit, and to take it back without the file. */
export interface FileRecord {
  readonly path: string;
  readonly format: string;
  /** `1:SHA-256 of the text:SHA-256 of its semantics`; the number names the way they are made. */
  readonly checksum: string;
  readonly text: string;
  /** Statements of the author's way back. */
  readonly down?: readonly string[];
  /** Its undo is code in the file itself. */
  readonly undoIsCode?: true;
}

/** One row of another tool's history. */
export interface Provenance {
  readonly tool: string;
  readonly table: string;
  readonly name: string;
  readonly appliedAt?: string;
  readonly checksum?: string;
  /** Whether the tool's checksum is that of the file that is there now; absent where either is missing. */
  readonly verified?: boolean;
}

/** The columns of one row of the log. Everything but `payload` and the two hashes is a projection of the payload. */
export interface EventRow {
  version: number;
  release: string | null;
  runId: string;
  migration: string;
  step: number;
  source: string;
  event: string;
  ref: number | null;
  operation: string | null;
  object: string | null;
  summary: string;
  payload: string;
  checksum: string | null;
  schemaBefore: string | null;
  schemaAfter: string | null;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  actor: string;
  host: string;
  toolVersion: string;
  appVersion: string | null;
  error: string | null;
  prevHash: string;
  hash: string;
}

/** One event as a list shows it. Times are UTC, `YYYY-MM-DD HH:MM:SS.ffffff`; durations are milliseconds. */
export type EventSummary = Pick<
  EventRow,
  | 'version'
  | 'event'
  | 'source'
  | 'migration'
  | 'operation'
  | 'object'
  | 'summary'
  | 'startedAt'
  | 'durationMs'
  | 'actor'
  | 'runId'
  | 'error'
  | 'ref'
>;
