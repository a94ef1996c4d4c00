/** The path of a file of three statements. */
export const file = 'migrations/001_three.sql';
export const create = 'create table made (id integer not null)';
export const insert = 'insert into made (id) values (7)';
export const alter = 'alter table items add column a varchar(20)';

/** A file's text, a statement on each line. */
export const script = (...statements: readonly string[]): string => statements.map((text) => `${text};\n`).join('');

/** As if the process were killed: what it was about to do never happens. */
export async function crash(): Promise<never> {
  throw new Error('killed here');
}
