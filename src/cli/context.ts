/** What a command gets from the process: nothing below it reads the environment or writes by itself. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  readonly options: CommandOptions;
  /** Results: one line or text block to stdout. */
  writeOut(text: string): void;
  /** Progress and diagnostics: one line to stderr. */
  writeErr(text: string): void;
  /** Aborted when the process is asked to stop. */
  readonly signal: AbortSignal;
}

/** The options of all commands, as the argument parser names them. */
export interface CommandOptions {
  readonly ci?: boolean;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly verifyOnly?: boolean;
  readonly strict?: boolean;
  readonly verbose?: boolean;
  readonly failIfNewer?: boolean;
  readonly redo?: boolean;
  readonly allowOutOfOrder?: boolean;
  readonly forceSync?: boolean;
  readonly applied?: boolean;
  readonly notApplied?: boolean;
  readonly exitCode?: boolean;
  readonly sql?: boolean;
  readonly empty?: boolean;
  readonly markdown?: boolean;
  /** A flag of `history`, a name for `adopt`. */
  readonly schema?: boolean | string;
  readonly table?: string;
  readonly since?: string;
  readonly at?: string;
  readonly to?: string;
  readonly steps?: string;
  readonly run?: string;
  readonly yes?: boolean;
  readonly approve?: string;
  readonly config?: string;
  readonly context?: string;
  readonly databaseUrl?: string;
  readonly wait?: string;
  readonly lockTimeout?: string;
  readonly own?: string;
  readonly from?: string;
  readonly answers?: string;
}
