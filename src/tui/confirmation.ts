/** What a person types to give leave: the database's name, of a file its last part. */
export function nameToType(database: string): string {
  return database.split(/[/\\]/u).at(-1) || database;
}
