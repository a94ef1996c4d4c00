import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { MigrateError } from '../../src/errors.ts';
import type { MigrationFile } from '../../src/sequence/migration-file.ts';
import { readMigrationFiles } from '../../src/sequence/read-files.ts';
import { databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { dialects } from '../support/dialects.ts';
import { proof } from '../support/proof.ts';

const folder = mkdtempSync(join(tmpdir(), 'mikrate-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** A project with these files. */
function project(files: Readonly<Record<string, string>>): string {
  const root = join(folder, String(++count));
  mkdirSync(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function read(
  files: Readonly<Record<string, string>>,
  kind: DatabaseKind = 'sqlite',
): Promise<readonly MigrationFile[]> {
  return readFrom(project(files), kind);
}

function readFrom(root: string, kind: DatabaseKind = 'sqlite'): Promise<readonly MigrationFile[]> {
  const importModule = (): never => expect.fail('no module is asked for');
  return readMigrationFiles(
    { root, globs: ['migrations/**/*.sql'] },
    { dialect: dialects[kind], importModule, orm: undefined },
  );
}

/** What the files do, by their names. */
async function scripts(files: Readonly<Record<string, string>>, kind: DatabaseKind = 'sqlite'): Promise<unknown> {
  const list = await read(files, kind);
  return Promise.all(
    list.map(async (file) => {
      const { steps, down, description } = await file.load();
      return [
        `${file.format} ${file.name}${file.repeatable ? ' repeatable' : ''}`,
        ...steps.map((step) => step.kind === 'statement' && step.text),
        ...(down ?? []).map(({ text }) => `down ${text}`),
        ...(description === undefined ? [] : [description]),
      ];
    }),
  );
}

describe('migration files of SQL', () => {
  test('have sections, or are all up', async () => {
    expect(
      await scripts({ 'migrations/2_b.sql': '-- migrate:up\nb;\n-- migrate:down\nc;', 'migrations/1_a.sql': 'a' }),
    ).toEqual([
      ['sql-sections 1_a', 'a'],
      ['sql-sections 2_b', 'b', 'down c'],
    ]);
  });

  test('may be folders, whose names they bear', async () => {
    expect(
      await scripts({
        'migrations/2_b/migration.sql': 'b;--> statement-breakpoint\nc',
        'migrations/1_a/migration.sql': 'a',
        'migrations/1_a/down.sql': 'z',
        'migrations/3_d/up.sql': 'd',
      }),
    ).toEqual([
      ['sql-sections 1_a', 'a', 'down z'],
      ['sql-sections 2_b', 'b', 'c'],
      ['sql-sections 3_d', 'd'],
    ]);
  });

  test('may be pairs, in whatever folder', async () => {
    expect(
      await scripts({
        'migrations/x/1_a.up.sql': 'a',
        'migrations/x/1_a.down.sql': 'z; y',
        'migrations/2_b.up.sql': 'b',
      }),
    ).toEqual([
      ['sql-pair 1_a', 'a', 'down z', 'down y'],
      ['sql-pair 2_b', 'b'],
    ]);
  });

  test('may bear the names of Flyway', async () => {
    expect(
      await scripts({
        'migrations/V1.10__c.sql': 'c',
        'migrations/V1.9__b.sql': 'b',
        'migrations/V1__a.sql': 'a',
        'migrations/U1_10_0__whatever.sql': 'z',
        'migrations/R__views.sql': 'v',
      }),
    ).toEqual([
      ['flyway V1__a', 'a'],
      ['flyway V1.9__b', 'b'],
      ['flyway V1.10__c', 'c', 'down z'],
      ['flyway R__views repeatable', 'v'],
    ]);
  });

  const byDatabase = {
    'migrations/1_a.mysql.sql': 'm',
    'migrations/1_a.postgresql.sql': 'p',
    'migrations/1_a.down.mysql.sql': 'n',
    'migrations/2_b.sqlite.sql': 's',
    'migrations/2_b.mariadb.sql': 'r',
    'migrations/2_b.mysql.up.sql': 'q',
    'migrations/2_b.mysql.down.sql': 'z',
  };

  test.each<[DatabaseKind, readonly (readonly string[])[]]>([
    [
      'mysql',
      [
        ['1_a', 'm', 'down n'],
        ['2_b', 'q', 'down z'],
      ],
    ],
    [
      'mariadb',
      [
        ['1_a', 'm', 'down n'],
        ['2_b', 'r'],
      ],
    ],
    [
      'postgresql',
      [
        ['1_a', 'p'],
        ['2_b', 'nothing to do on this database: it has SQL for mariadb, mysql, sqlite only'],
      ],
    ],
    [
      'sqlite',
      [
        ['1_a', 'nothing to do on this database: it has SQL for mysql, postgresql only'],
        ['2_b', 's'],
      ],
    ],
  ])('may be one per database: on %s', async (kind, expected) => {
    expect(await scripts(byDatabase, kind)).toEqual(
      expected.map(([name, ...rest]) => [`sql-by-database ${name}`, ...rest]),
    );
  });

  test('are one text, a pair as its sections, and say where they are', async () => {
    const [file] = await read({ 'migrations/1_a.up.sql': '\uFEFFa;\r\n', 'migrations/1_a.down.sql': 'z' });
    expect(file).toMatchObject({ path: 'migrations/1_a.up.sql', text: 'a;\n\n-- migrate:down\nz' });
    expect(await file?.semantics()).toBe('a ; \n-- migrate:down\n z');
  });

  test('are not read before they are asked for, and say so where they cannot be', async () => {
    const root = project({ 'migrations/1_a.sql': 'a' });
    symlinkSync('/nowhere/at/all', join(root, 'migrations/2_b.sql'));
    const files = await readFrom(root);
    for (const file of files.filter(({ name }) => name === '2_b'))
      await expect(file.load()).rejects.toMatchObject({ code: 'MIGRATION_DOES_NOT_LOAD' });
    expect(files[0]?.name).toBe('1_a');
  });

  test('say in which of two files something is wrong', async () => {
    const [file] = await read({ 'migrations/1_a.up.sql': 'a', 'migrations/1_a.down.sql': '\ncommit' });
    await expect(file?.load()).rejects.toMatchObject({ context: { path: 'migrations/1_a.down.sql', where: '2:1' } });
  });
});

describe('names that tell nothing apart are refused', () => {
  test.each<[string, readonly string[], string]>([
    ['two of one name', ['a/1_x.sql', 'b/1_x.sql'], '1_x is the name of'],
    ['a pair and a file of one name', ['1_x.up.sql', '1_x.sql'], '1_x is the name of'],
    ['a file for every database and one for one', ['1_x.mysql.sql', '1_x.sql'], '1_x is the name of'],
    ['two texts of a folder', ['1_x/up.sql', '1_x/migration.sql'], '1_x is the name of'],
    ['a way back alone', ['1_x.down.sql'], '1_x.down.sql is the way back of a migration that has no file'],
    ['a way back in a folder alone', ['1_x/down.sql'], 'down.sql is the way back of a migration that has no file'],
    ['a way back in another folder', ['a/1_x.up.sql', 'b/1_x.down.sql'], 'that has no file'],
    ['a way back of another database', ['1_x.mysql.sql', '1_x.sqlite.down.sql'], 'that has no file'],
    [
      "Flyway's way back alone",
      ['V1__x.sql', 'U2__x.sql'],
      'U2__x.sql is the way back of a migration that has no file',
    ],
    ['two ways back', ['V1__x.sql', 'U1__x.sql', 'U1.0__y.sql'], 'are the way back of the same migration'],
    ["Flyway's baseline", ['B3__x.sql'], 'a baseline of Flyway'],
    ['a name with a space', ['1 x.sql'], 'its name holds what a name may not'],
    ['a name with a quote', ["1'x.sql"], 'its name holds what a name may not'],
    ['a name with a line break', ['1\nx.up.sql'], 'its name holds what a name may not'],
    ['a name of other letters', ['1_größe.sql'], 'its name holds what a name may not'],
    ['a name with a backslash', ['1\\..\\x.sql'], 'its name holds what a name may not'],
    ['a long name', [`${'x'.repeat(121)}.sql`], 'its name holds what a name may not'],
  ])('%s', async (_, names, message) => {
    const files = Object.fromEntries(names.map((name) => [`migrations/${name}`, 'select 1']));
    const error = await read(files).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'MIGRATION_NAMES', message: expect.stringContaining(message) as string });
  });

  test('what would be the folder above', async () => {
    const root = project({ 'migration.sql': 'a', 'x/y.txt': '' });
    const context = { dialect: dialects.sqlite, importModule: () => Promise.reject(new Error('none')), orm: undefined };
    for (const [from, glob] of [
      [join(root, 'x'), '../migration.sql'],
      [root, '*.sql'],
    ] as const) {
      const files = readMigrationFiles({ root: from, globs: [glob] }, context);
      await expect(files, glob).rejects.toMatchObject({ code: 'MIGRATION_NAMES' });
    }
  });

  test('hidden files are none', async () => {
    expect(await read({ 'migrations/...sql': 'a', 'migrations/..sql': 'b', 'migrations/..up.sql': 'c' })).toEqual([]);
  });
});

test.each(databaseKinds)('whatever the names of files: read, or refused (%s)', async (kind) => {
  const part = fc.oneof(
    fc.constantFrom(
      'V1__',
      'U1__',
      'R__',
      'B1__',
      '1_a',
      '.up',
      '.down',
      '.mysql',
      '.sqlite',
      '.',
      '..',
      '-',
      '_',
      'migration',
      'up',
      'down',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  );
  const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('')}.sql`);
  const possible = name.filter((text) => !/[/\0]/u.test(text) && Buffer.byteLength(text) < 250 && text.isWellFormed());
  const runs = 150;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(possible, { minLength: 1, maxLength: 4 }), async (names) => {
      const root = project(Object.fromEntries(names.map((text) => [`migrations/${text}`, 'select 1'])));
      const found = await readFrom(root, kind).catch((error: unknown) => error);
      rmSync(root, { recursive: true });
      if (found instanceof MigrateError) {
        refused += 1;
        expect(found.code).toBe('MIGRATION_NAMES');
        return;
      }
      for (const file of found as readonly MigrationFile[]) {
        expect(file.name).toMatch(/^[A-Za-z0-9_.-]{1,120}$/u);
        expect(join('/x', file.name)).toBe(`/x/${file.name}`);
      }
    }),
    { numRuns: runs },
  );
  expect(refused).toBeGreaterThan(0);
  proof('formats: fuzzed file name', kind, runs);
});
