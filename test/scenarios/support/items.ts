import { defineEntity, p } from '@mikro-orm/core';
import { fileURLToPath } from 'node:url';
import { readPayload } from '../../../src/history/state.ts';
import type { EventPayload } from '../../../src/history/event.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { type MigrateSettings } from '../../support/migrate.ts';
import { createProject } from '../../support/project.ts';
import { readEvents } from '../../support/read-events.ts';

const id = p.integer().primary().autoincrement(false).unsigned(false);
const word = p.string().length(20).nullable();

/** `items` as the models have it: an id, and a nullable string of 20 for each name. */
export function itemsWith(...columns: readonly string[]) {
  const properties = Object.fromEntries(columns.map((name) => [name, word]));
  return defineEntity({ name: 'Item', tableName: 'items', properties: { id, ...properties } });
}

/** A project of files beside models that have `items` with these columns. */
export function projectOf(
  files: Readonly<Record<string, string>>,
  ...columns: readonly string[]
): MigrateSettings & { readonly root: string } {
  return { config: { entities: [itemsWith(...columns)] }, root: createProject(files) };
}

/** Statements that make `items` with a row and these columns, as an older release left it. */
export function oldItems(...columns: readonly string[]): readonly string[] {
  const defined = columns.map((name) => `, ${name} varchar(20)`).join('');
  return [`create table items (id integer not null primary key${defined})`, 'insert into items (id) values (1)'];
}

const publicApi = fileURLToPath(new URL('../../../src/index.ts', import.meta.url));

/** The text of a typed file; `rest` goes into its definition. */
export function typedFile(operations: readonly string[], rest = ''): string {
  return `
    import { defineMigration, sql, expectRows } from '${publicApi}';
    const word = (name) => ({ name, type: { type: 'string', length: 20 }, nullable: true });
    const id = { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false };
    const table = (name, ...columns) => ({
      name, columns: Object.fromEntries([id, ...columns].map((column) => [column.name, column])),
      primaryKey: { columns: ['id'] }, indexes: [], foreignKeys: [], checks: [], triggers: [],
    });
    export default defineMigration({ description: 'typed', operations: [${operations.join(',\n')}], ${rest} });`;
}

/** One operation of a typed file, as its text. */
export const addWord = (name: string, renamedFrom?: string): string =>
  `{ kind: 'addColumn', table: 'items', column: word('${name}')${renamedFrom === undefined ? '' : `, renamedFrom: '${renamedFrom}'`} }`;
export const renameWord = (from: string, to: string): string =>
  `{ kind: 'renameColumn', table: 'items', from: '${from}', to: '${to}' }`;

/** The events of files and models as data, oldest first. */
export async function payloadsOf(database: TestDatabase): Promise<readonly EventPayload[]> {
  return (await readEvents(database)).map(readPayload);
}
