import type { DatabaseKind } from '../../test/support/databases.ts';

/** What a measuring script is told on its command line: `create` or `measure`, the kind, the URL, the number of tables. */
export interface Task {
  readonly action: 'create' | 'measure';
  readonly kind: DatabaseKind;
  readonly url: string;
  readonly count: number;
}

/** What it says on its last line. */
export interface Said {
  readonly ms: number;
  /** What is left to do, which must be nothing. */
  readonly left: readonly string[];
  readonly parts?: Readonly<Record<string, number>>;
}

/** The task on this process' command line. */
export function readTask(): Task {
  const [action, kind, url, count] = process.argv.slice(2);
  return { action, kind, url, count: Number(count) } as Task;
}

/** Where MikroORM connects to. */
export function connectionOf({ kind, url }: Task): { dbName: string } | { clientUrl: string } {
  return kind === 'sqlite'
    ? { dbName: url.slice('sqlite:'.length) }
    : { clientUrl: url.replace(/^mariadb:/u, 'mysql:') };
}
