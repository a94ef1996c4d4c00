export type ServerKind = 'postgresql' | 'mariadb' | 'mysql';

export interface RunningServer {
  readonly kind: ServerKind;
  /** URL of the server with its superuser; the database in it is the server's own. */
  readonly url: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}
