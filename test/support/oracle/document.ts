import type { DatabaseKind } from '../databases.ts';

/** What a database looks like, told by its own programs: for each object the lines that describe it, sorted. */
export interface OracleDocument {
  readonly kind: DatabaseKind;
  readonly objects: { readonly [object: string]: readonly string[] };
}

export interface OracleOptions {
  /** Tables to leave out, with all that hangs on them; the tool's own log by default. */
  readonly ignoreTables?: readonly string[];
}

/** The tables of the tool's own log, which only a migrated database has. */
export const logTables: readonly string[] = ['schema_versions', 'schema_snapshots', 'schema_lock'];

/** Lines by object. Sorting them drops the order of columns, indexes and constraints; equal lines stay as often as they occur. */
export class DocumentBuilder {
  readonly #objects = new Map<string, string[]>();

  add(object: string, ...lines: readonly string[]): void {
    const known = this.#objects.get(object);
    if (known) known.push(...lines);
    else this.#objects.set(object, [...lines]);
  }

  /** Removes an object and gives its lines. */
  take(object: string): readonly string[] {
    const lines = this.#objects.get(object) ?? [];
    this.#objects.delete(object);
    return lines;
  }

  build(kind: DatabaseKind): OracleDocument {
    const entries = [...this.#objects].sort(([a], [b]) => (a < b ? -1 : 1));
    return { kind, objects: Object.fromEntries(entries.map(([object, lines]) => [object, [...lines].sort()])) };
  }
}
