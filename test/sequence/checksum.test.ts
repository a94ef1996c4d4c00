import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksumOf, compareChecksums } from '../../src/sequence/checksum.ts';
import type { MigrationFile } from '../../src/sequence/migration-file.ts';
import { semanticsOf } from '../../src/sequence/sql-semantics.ts';
import type { DatabaseKind } from '../support/databases.ts';
import { dialects } from '../support/dialects.ts';

const file = (text: string, kind: DatabaseKind = 'postgresql'): MigrationFile => ({
  name: 'x',
  format: 'sql-sections',
  path: 'x.sql',
  file: '/x.sql',
  text,
  semantics: async () => semanticsOf(text, dialects[kind].lexis),
  load: () => expect.fail('never loaded'),
});

describe('a file after its checksum was recorded', () => {
  const kinds: readonly DatabaseKind[] = ['sqlite', 'postgresql', 'mariadb', 'mysql'];

  test.each<[string, string, (readonly DatabaseKind[])?]>([
    ['SELECT  1', 'select 1;'],
    ['create table a(x int)', 'CREATE TABLE a (\n\tx INT\n) ; -- made\n;'],
    ['select a.b,c', 'select a . b , c /* ; */'],
    ['a;b', 'a;--> statement-breakpoint\nb'],
    ['-- migrate:up\na', '--  migrate:up  \n\n-- now:\na', kinds.slice(0, 0)],
    ['select 1', '# one\nselect 1', ['mysql', 'mariadb']],
    ["select e'a\\'b'", "select\ne'a\\'b'", ['postgresql']],
  ])('is the same but for comments: %j, %j', async (before, after, only = kinds) => {
    for (const kind of only) {
      const recorded = await checksumOf(file(before, kind));
      expect(await compareChecksums(recorded, file(after, kind)), kind).toBe('comments only');
    }
  });

  test.each<[string, string, (readonly DatabaseKind[])?]>([
    ['select 1', 'select 2'],
    ['select A', 'select a'],
    ['select x.SELECT', 'select x.select'],
    ["select 'a  b'", "select 'a b'"],
    ["select 'A'", "select 'a'"],
    ['select "A"', 'select "a"'],
    ['select "select"', 'select select'],
    ["select 'a'", "select 'a' 'b'"],
    ["select 'a' 'b'", "select 'a''b'"],
    ['select ab', 'select a b'],
    ["select e'a'", "select e 'a'"],
    ['a;b', 'a b'],
    ['a', '-- migrate:up\na'],
    ['-- migrate:up\na', '-- migrate:up transaction:false\na'],
    ['a', '-- migrate:after expect-rows select 1\na'],
    ['-- +goose Up\na\n-- +goose Down\nb', '-- +goose Up\na;\nb'],
    ['select 1', 'select /*+ hint */ 1'],
    ['select $$a$$', 'select $$A$$', ['postgresql']],
    ['select 1', 'select /*!40101 2 */', ['mysql', 'mariadb']],
    ['/*!40101 a */', '/*!50101 a */', ['mysql', 'mariadb']],
  ])('is edited: %j, %j', async (before, after, only = kinds) => {
    for (const kind of only) {
      const recorded = await checksumOf(file(before, kind));
      expect(await compareChecksums(recorded, file(after, kind)), kind).toBe('edited');
    }
  });

  test('is the same without a look at what it means', async () => {
    const recorded = await checksumOf(file('select 1'));
    expect(recorded).toMatch(/^1:[0-9a-f]{64}:[0-9a-f]{64}$/u);
    const semantics = (): never => expect.fail('not asked for');
    expect(await compareChecksums(recorded, { ...file('select 1'), semantics })).toBe('same');
  });

  test('is told by its text alone where the checksum was made in another way', async () => {
    const [, raw, semantic] = (await checksumOf(file('select 1'))).split(':');
    expect(await compareChecksums(`2:${raw}:${semantic}`, file('select 1'))).toBe('same');
    expect(await compareChecksums(`2:${raw}:${semantic}`, file('select  1'))).toBe('edited');
    expect(await compareChecksums('', file('select 1'))).toBe('edited');
  });
});

test('what a file says does not change when it is said again', () => {
  const text = fc.string({ unit: fc.constantFrom(...'aAsSeElLcCtT1\'"`[]\\$-/*();\n #.ü=@:') });
  fc.assert(
    fc.property(text, fc.constantFrom<DatabaseKind>('sqlite', 'postgresql', 'mariadb', 'mysql'), (sql, kind) => {
      const said = semanticsOf(sql, dialects[kind].lexis);
      expect(said).toBe(semanticsOf(`\n ${sql}`, dialects[kind].lexis));
    }),
    { numRuns: 1000 },
  );
});
