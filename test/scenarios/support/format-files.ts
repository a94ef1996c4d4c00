import { fileURLToPath } from 'node:url';
import type { FormatName } from '../../../src/sequence/migration-file.ts';

/** A migration in one format: `items` gets a note, `extras` with one row is made, and how a rollback takes it back. */
export interface FormatCase {
  readonly name: string;
  readonly format: FormatName;
  readonly files: Readonly<Record<string, string>>;
  /** `stored`: SQL of the author's; `code`: the author's code; `derived`: by what the look around told. */
  readonly back: 'stored' | 'code' | 'derived';
}

const publicApi = fileURLToPath(new URL('../../../src/index.ts', import.meta.url));
const up = [
  'create table extras (id integer not null primary key, word varchar(20))',
  'alter table items add column note varchar(50)',
  `insert into extras (id, word) values (1, 'it''s; one')`,
];
const down = ['alter table items drop column note', 'drop table extras'];
const script = (statements: readonly string[]): string => statements.map((text) => `${text};\n`).join('');
const quoted = (statements: readonly string[]): string => JSON.stringify(statements);
const everywhere = (name: string, text: string, ending: string): Record<string, string> =>
  Object.fromEntries(
    ['sqlite', 'postgresql', 'mysql'].map((database) => [`migrations/${name}.${database}${ending}.sql`, text]),
  );

/** Every format, those of SQL with the author's way back and without. */
export const formatCases: readonly FormatCase[] = [
  {
    name: 'SQL with sections',
    format: 'sql-sections',
    files: { 'migrations/001_x.sql': `-- migrate:up\n${script(up)}-- migrate:down\n${script(down)}` },
    back: 'stored',
  },
  {
    name: 'SQL without a way back',
    format: 'sql-sections',
    files: { 'migrations/001_x.sql': script(up) },
    back: 'derived',
  },
  {
    name: 'a pair of SQL files',
    format: 'sql-pair',
    files: { 'migrations/001_x.up.sql': script(up), 'migrations/001_x.down.sql': script(down) },
    back: 'stored',
  },
  {
    name: 'Flyway names',
    format: 'flyway',
    files: { 'migrations/V1.2__x.sql': script(up), 'migrations/U1.2__x.sql': script(down) },
    back: 'stored',
  },
  {
    name: 'SQL by database',
    format: 'sql-by-database',
    files: { ...everywhere('001_x', script(up), ''), ...everywhere('001_x', script(down), '.down') },
    back: 'stored',
  },
  {
    name: 'a module',
    format: 'module',
    files: {
      'migrations/001_x.js': `
        export async function up({ execute }) { for (const text of ${quoted(up)}) await execute(text); }
        export async function down({ execute }) { for (const text of ${quoted(down)}) await execute(text); }`,
    },
    back: 'code',
  },
  {
    name: 'a migration of MikroORM',
    format: 'mikro-orm',
    files: {
      'migrations/Migration001.ts': `
        import { Migration } from '${fileURLToPath(import.meta.resolve('@mikro-orm/migrations'))}';
        export class Migration001 extends Migration {
          async up() { for (const text of ${quoted(up)}) this.addSql(text); }
          override async down() { for (const text of ${quoted(down)}) this.addSql(text); }
        }`,
    },
    back: 'stored',
  },
  {
    name: 'a migration of MikroORM that asks while it runs',
    format: 'mikro-orm',
    files: {
      'migrations/Migration001.ts': `
        import { Migration } from '${fileURLToPath(import.meta.resolve('@mikro-orm/migrations'))}';
        export class Migration001 extends Migration {
          async up() {
            const found = await this.execute('select id from items where id = 1');
            if (found.length === 1) for (const text of ${quoted(up)}) this.addSql(text);
          }
        }`,
    },
    back: 'derived',
  },
  {
    name: 'typed operations',
    format: 'typed',
    files: {
      'migrations/001_x.ts': `
        import { backfill, defineMigration, sql } from '${publicApi}';
        const nothing = { indexes: [], foreignKeys: [], checks: [], triggers: [] };
        const id = { name: 'id', type: { type: 'integer', bits: 32 }, nullable: false };
        const word = { name: 'word', type: { type: 'string', length: 20 }, nullable: true };
        export default defineMigration({
          description: 'extras and notes',
          operations: [
            { kind: 'createTable', table: { name: 'extras', columns: { id, word }, primaryKey: { columns: ['id'] }, ...nothing } },
            { kind: 'addColumn', table: 'items', column: { name: 'note', type: { type: 'string', length: 50 }, nullable: true } },
            sql("insert into extras (id, word) values (1, 'it''s; one')", { down: 'delete from extras' }),
          ],
        });`,
    },
    back: 'stored',
  },
];
