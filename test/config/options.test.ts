import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { parseByteSize } from '../../src/config/byte-size.ts';
import { didYouMean } from '../../src/config/did-you-mean.ts';
import { parseDuration } from '../../src/config/duration.ts';
import { readOptions, type MigrateOptions, type ResolvedOptions } from '../../src/config/options.ts';
import { MigrateError } from '../../src/errors.ts';

const problemsOf = (given: unknown): readonly string[] => {
  try {
    readOptions(given, 'mikro-orm.config.ts');
  } catch (error) {
    if (error instanceof MigrateError && error.code === 'OPTIONS_INVALID')
      return (error.context as { problems: string[] }).problems;
    throw error;
  }
  return [];
};

test('every default is filled in', () => {
  const defaults: ResolvedOptions = {
    models: 'apply',
    migrations: { glob: ['migrations/**/*.{ts,js,sql}'], lockFile: 'migrations/schema.lock.json' },
    log: { table: 'schema_versions' },
    tables: {},
    criticalQueries: {},
    verify: { passed: 0.9, partial: 0.7 },
    policy: {},
    rebuildBelow: 104_857_600,
    rules: {},
    lock: { wait: 600_000, statementWait: 60_000, buildWait: 30_000 },
  };
  expect(readOptions(undefined, 'x')).toEqual(defaults);
  expect(readOptions({}, 'x')).toEqual(defaults);
});

test('every option is taken as it is given', () => {
  const given: MigrateOptions = {
    environment: 'production',
    migrationUrl: 'postgresql://owner@db/app',
    models: 'plan',
    migrations: { glob: ['a/*.ts'], lockFile: 'a.lock' },
    log: { table: 'log', schema: 'ops' },
    tables: {
      a: {
        renamedFrom: 'b',
        partitionBy: { mysql: 'KEY(x) PARTITIONS 4' },
        columns: { c: { renamedFrom: 'd', backfill: { value: [1, { x: null }] } }, e: { backfill: { sql: 'now()' } } },
      },
    },
    criticalQueries: { one: 'select 1', two: { postgresql: 'select 2' } },
    verify: { passed: 1, partial: 0.5 },
    policy: { destructive: 'withhold', 'data-dependent': 'check', 'not-ours': 'run' },
    rebuildBelow: '1.5 GB',
    trash: { keep: '30d' },
    backup: { folder: 'backups', keyEnv: 'KEY' },
    rules: { 'long-lock': 'off', other: 'danger' },
    lock: { wait: '1h', statementWait: '200ms', buildWait: '45 s' },
  };
  const { rebuildBelow, lock, ...rest } = readOptions(given, 'x');
  const { rebuildBelow: _size, lock: _lock, ...same } = given;
  expect(rest).toEqual(same);
  expect({ rebuildBelow, lock }).toEqual({
    rebuildBelow: 1.5 * 1024 ** 3,
    lock: { wait: 3_600_000, statementWait: 200, buildWait: 45_000 },
  });
  expect(readOptions({ trash: false }, 'x').trash).toBe(false);
});

test('MigrateOptions can be written with `satisfies`', () => {
  const options = { policy: { widening: 'run' }, tables: { a: { columns: {} } } } satisfies MigrateOptions;
  expectTypeOf(options).toExtend<MigrateOptions>();
});

describe('what is wrong is named, with the right spelling', () => {
  const cases: readonly (readonly [given: unknown, ...problems: string[]])[] = [
    [{ tabels: {} }, 'there is no option tabels (did you mean tables?)'],
    [{ enviroment: 'x' }, 'there is no option enviroment (did you mean environment?)'],
    [{ zzzzzz: 1 }, 'there is no option zzzzzz'],
    [{ lock: { wiat: '1s' } }, 'there is no option lock.wiat (did you mean wait?)'],
    [{ lock: { wait: '10 minutes' } }, 'lock.wait must be a duration such as "30s" or "10m"'],
    [{ rebuildBelow: 'large' }, 'rebuildBelow must be a size such as "100 MB"'],
    [{ models: 'aply' }, 'models must be "apply" or "plan"'],
    [{ policy: { aditive: 'run' } }, 'there is no option policy.aditive (did you mean additive?)'],
    [{ policy: { additive: 'stop' } }, 'policy.additive must be "run" or "check" or "withhold"'],
    [{ tables: { a: { partitionBye: 'x' } } }, 'there is no option tables.a.partitionBye (did you mean partitionBy?)'],
    [
      { tables: { a: { columns: { b: { renameFrom: 'x' } } } } },
      'there is no option tables.a.columns.b.renameFrom (did you mean renamedFrom?)',
    ],
    [
      { tables: { a: { columns: { b: { backfill: 'x' } } } } },
      'tables.a.columns.b.backfill must be { value } or { sql }',
    ],
    [
      { tables: { a: { partitionBy: { postgres: 'x' } } } },
      'there is no option tables.a.partitionBy.postgres (did you mean postgresql?)',
    ],
    [
      { criticalQueries: { q: { mariabd: 'x' } } },
      'there is no option criticalQueries.q.mariabd (did you mean mariadb?)',
    ],
    [
      { criticalQueries: { q: 7 } },
      'criticalQueries.q must be SQL, or an object with SQL for mysql, mariadb, postgresql, sqlite',
    ],
    [{ trash: true }, 'trash must be false or { keep: "30d" }'],
    [{ verify: { passed: 0.5 } }, 'verify must not have `partial` above `passed`'],
    [{ verify: { passed: 90 } }, 'verify.passed must be 1 or less'],
    [{ rules: { a: 'loud' } }, 'rules.a must be "info" or "warning" or "danger" or "off"'],
    [{ log: { table: '' } }, 'log.table must not be empty'],
    [{ backup: {} }, 'backup.folder is missing'],
    [{ migrations: { glob: ['a', 7] } }, 'migrations.glob.1: expected string, received number'],
    [{ migrations: null }, 'migrations must be an object'],
    [[], 'migrate must be an object'],
    [{ log: [] }, 'log must be an object'],
    [{ lock: new Date(0) }, 'lock must be an object'],
    [{ constructor: 1 }, 'there is no option constructor'],
    [
      JSON.parse('{ "lock": { "__proto__": 1, "toString": 1 } }'),
      'there is no option lock.__proto__',
      'there is no option lock.toString',
    ],
    [{ aa: 1, bb: 2 }, 'there is no option aa', 'there is no option bb'],
    [{ verify: { passed: Number.NaN } }, 'verify.passed: expected number, received NaN'],
    [{ tables: new Map([['a', {}]]) }, 'tables must be an object'],
    [{ tables: { a: { constructor: { renamedFrom: 'x' } } } }, 'there is no option tables.a.constructor'],
    [{ tables: [] }, 'tables must be an object'],
    [{ tables: { constructor: { columns: { 'a.b': 7 } } } }, 'tables.constructor.columns.a.b must be an object'],
    [
      { tables: { a: { columns: { b: { renamedFrom: true } } } } },
      'tables.a.columns.b.renamedFrom must be the old name, or false for a new column',
    ],
    [
      { tables: { a: { columns: { b: { backfill: { value: () => 1 } } } } } },
      'tables.a.columns.b.backfill.value must be JSON',
    ],
    [
      { tables: { a: { columns: { b: { backfill: { value: 1, sq: '' } } } } } },
      'there is no option tables.a.columns.b.backfill.sq (did you mean sql?)',
    ],
    [{ trash: { keep: 'long' } }, 'trash.keep must be a duration such as "30s" or "10m"'],
    ['production', 'migrate must be an object'],
    [
      { tabels: {}, models: 1, lock: { wait: 5 } },
      'models must be "apply" or "plan"',
      'lock.wait: expected string, received number',
      'there is no option tabels (did you mean tables?)',
    ],
  ];
  test.each(cases)('%j', (given, ...problems) => {
    expect(problemsOf(given)).toEqual(problems);
  });
});

test.each([
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a function', () => 1],
  ['no number', Number.NaN],
  ['nothing', undefined],
  ['a list with a hole', Array<number>(3)],
  ['itself', circular()],
])('%s is no value of a backfill', (_, value) => {
  const given = { tables: { a: { columns: { b: { backfill: { value } } } } } };
  expect(problemsOf(given)).toEqual(['tables.a.columns.b.backfill.value must be JSON']);
});

test('a decision that is undefined leaves the default', () => {
  expect(readOptions({ policy: { 'not-ours': undefined, additive: 'check' } }, 'x').policy).toEqual({
    additive: 'check',
  });
  expect(readOptions({ policy: { 'not-ours': undefined } }, 'x').policy).not.toHaveProperty('not-ours');
});

test('what the application has told Valibot for itself changes nothing', () => {
  v.setGlobalConfig({ abortEarly: true });
  try {
    expect(problemsOf({ aa: 1, models: 1 })).toHaveLength(2);
  } finally {
    v.deleteGlobalConfig();
  }
});

function circular(): unknown {
  const value: unknown[] = [];
  value.push({ value });
  return value;
}

test('durations and sizes', () => {
  expect(['500ms', '30s', '10m', '1.5h', '2 d', ' 1s '].map(parseDuration)).toEqual([
    500, 30_000, 600_000, 5_400_000, 172_800_000, 1000,
  ]);
  expect(['', '10', 's', '-1s', '1 minute', '1s2s'].map(parseDuration)).toEqual(Array(6).fill(undefined));
  expect(['100 MB', '1.5GB', '512 kB', '7B', '2TiB'].map(parseByteSize)).toEqual([
    104_857_600,
    1_610_612_736,
    524_288,
    7,
    2 * 1024 ** 4,
  ]);
  expect(['', '100', 'MB', '1 XB', '-1 MB'].map(parseByteSize)).toEqual(Array(5).fill(undefined));
});

test('a word is corrected only to a near one', () => {
  expect(didYouMean('Enviroment', ['environment', 'models'])).toBe('environment');
  expect(didYouMean('x', ['lock'])).toBeUndefined();
  expect(didYouMean('tables', [])).toBeUndefined();
});
