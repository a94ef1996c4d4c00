import type { Connection } from '../config/connect.ts';
import type { ResolvedOptions } from '../config/options.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../dialects/session.ts';
import type { Emit } from '../events/emitter.ts';
import type { EventLog, LogEntities } from '../history/log.ts';
import type { LogTables } from '../history/log-tables.ts';
import type { LockFile } from '../config/lock-file.ts';
import type { MigrationFile } from '../sequence/migration-file.ts';
import type { DesiredSchema } from '../inspect/desired.ts';

/** What one invocation works with: where, by which rules, and whom it tells. */
export interface Job {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly options: ResolvedOptions;
  readonly lockFile: LockFile | undefined;
  readonly log: { readonly tables: LogTables; readonly entities: LogEntities };
  readonly emit: Emit;
  /** Aborted when a person or the system asks to stop; the current operation is finished first. */
  readonly signal: AbortSignal;
  readonly flags: Flags;
  /** Where migration files are, and how modules among them are imported. */
  readonly project: {
    readonly root: string;
    importModule(file: string): Promise<Record<string, unknown>>;
  };
  readonly identity: { readonly actor: string; readonly host: string; readonly tool: string; readonly app?: string };
}

/** What the caller asks of one run. */
export interface Flags {
  readonly lockTimeoutMs: number;
  /** Any failed verification fails the run. */
  readonly strict: boolean;
  /** A newer database ends the run with exit code 4. */
  readonly failIfNewer: boolean;
  /** Apply again what an earlier release of an unlocked project had. */
  readonly redo: boolean;
  /** Run new migration files that come before ones that are done. */
  readonly allowOutOfOrder?: boolean;
  /** Also repair what older tools left half-done. */
  readonly forceSync?: boolean;
  /** Leave for destructive changes, given by a person for one plan. */
  readonly allowDestructive?: boolean;
  /** Keys of operations that a person leaves out this time, see `keysOfStep`. */
  readonly leftOut?: readonly string[];
  /** Keys of operations that a person lets run this time, though policy withholds them. */
  readonly included?: readonly string[];
  /** A person is there to be asked what an unattended run need not know. */
  readonly isAttended?: boolean;
  /** The plan that a person has seen: no other one runs. */
  readonly reviewed?: Reviewed;
}

/** A person's leave to a plan as it was shown. */
export interface Reviewed {
  /** `reviewHash` of the plan. */
  readonly hash: string;
}

/** A job on its pinned session. */
export interface Run extends Job {
  /** `performance.now()` when it began. */
  readonly startedAt: number;
  readonly session: Session;
  readonly events: EventLog;
  readonly desired: DesiredSchema;
  /** The project's migration files in their order. */
  files(): Promise<readonly MigrationFile[]>;
}
