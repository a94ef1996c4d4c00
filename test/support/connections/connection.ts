export type Row = Record<string, unknown>;

/**
 * A connection of the tests' own, independent of what is tested. It opens at the first query and again when it was lost.
 * Values come exactly: an integer is a number while that is exact and a string beyond; decimals, dates, times, JSON and
 * all other types are the text that the server sends; bytes are a Buffer. The session's time zone is UTC.
 */
export interface Connection {
  query(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** How the tests make, reach and remove a database of one kind. */
export interface Engine {
  /** Makes an empty database and gives its URL. */
  create(name: string): Promise<string>;
  /**
   * Copies the files of a database that nobody is connected to, and gives the URL of the copy. Absent where only
   * statements could copy it, which would not tell what the database made by itself.
   */
  copy?(from: string, name: string): Promise<string>;
  open(url: string): Connection;
  remove(url: string): Promise<void>;
  /** Removes the databases whose name ends with `_<run>_<number>`. */
  removeOfRun(run: string): Promise<void>;
}

/** `integer` as a number while that is exact. */
export function exactInteger(integer: string | bigint): number | string {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : String(integer);
}
