import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  parseAnswers,
  readAnswersFile,
  saveAnswersFile,
  withAnswers,
  writeAnswers,
  type Answers,
} from '../../src/config/answers-file.ts';
import { readOptions } from '../../src/config/options.ts';
import { MigrateError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'mikrate-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const name = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '0', 'ключ', 'a"b'),
);
const sql = fc.oneof(fc.string(), fc.record({ mysql: fc.string(), postgresql: fc.string() }, { requiredKeys: [] }));
const column = fc.record(
  {
    renamedFrom: fc.oneof(name, fc.constant(false as const)),
    // As JSON has it: no minus before zero.
    backfill: fc.oneof(
      fc.record({ value: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as string) }),
      fc.record({ sql }),
    ),
  },
  { requiredKeys: [] },
);
const answers: fc.Arbitrary<Answers> = fc.record({
  format: fc.constant(1 as const),
  tables: fc.dictionary(name, fc.record({ columns: fc.dictionary(name, column) })),
});

test('any answers come back from their file as they are', () => {
  fc.assert(
    fc.property(answers, (given) => {
      const read = parseAnswers(writeAnswers(given), 'answers.json');
      expect(writeAnswers(read)).toBe(writeAnswers(given));
      expect(read).toEqual(given);
    }),
    { numRuns: 300 },
  );
});

test('saving answers over others loses none of them', () => {
  const file = join(folder, 'both.json');
  fc.assert(
    fc.property(answers, answers, (first, second) => {
      rmSync(file, { force: true });
      saveAnswersFile(file, first);
      saveAnswersFile(file, second);
      const both = readAnswersFile(file);
      for (const [given, isLast] of [
        [second, true],
        [first, false],
      ] as const)
        for (const [table, { columns }] of Object.entries(given.tables))
          for (const [key, said] of Object.entries(columns)) {
            const kept = Object.getOwnPropertyDescriptor(both.tables, table)?.value.columns as object;
            const found = Object.getOwnPropertyDescriptor(kept, key)?.value as object;
            expect(Object.keys(found)).toEqual(expect.arrayContaining(Object.keys(said)));
            if (isLast) expect(found).toMatchObject(said);
          }
    }),
    { numRuns: 50 },
  );
});

test('a file that is wrong is left as it is, and every fault of it is named', () => {
  const file = join(folder, 'wrong.json');
  const wrong = {
    format: 2,
    table: {},
    tables: { monitors: { renamedFrom: 'x', columns: { name: { renamedFom: 'a', backfill: { sqll: 'x' } }, age: 7 } } },
  };
  writeFileSync(file, JSON.stringify(wrong));
  const failure = failureOf(() => saveAnswersFile(file, { format: 1, tables: {} }));
  expect(failure).toMatchObject({ code: 'ANSWERS_INVALID', exitCode: 64 });
  expect([...(failure.context as { problems: readonly string[] }).problems].toSorted()).toEqual([
    'format must be 1',
    'tables.monitors.columns.age must be an object',
    'tables.monitors.columns.name.backfill must be { value } or { sql }',
    'there is no answer table (did you mean tables?)',
    'there is no answer tables.monitors.columns.name.renamedFom (did you mean renamedFrom?)',
    'there is no answer tables.monitors.renamedFrom',
  ]);
  expect(failureOf(() => parseAnswers('{', 'a.json')).message).toContain('it is no JSON');
  expect(failureOf(() => readAnswersFile(join(folder, 'nothing.json'))).message).toContain('no such file');
});

test('answers overrule the options key by key, and leave the rest', () => {
  const options = readOptions(
    {
      tables: {
        a: { renamedFrom: 'z', partitionBy: 'KEY(id)', columns: { x: { renamedFrom: 'y', backfill: { value: 1 } } } },
        b: { columns: { k: { backfill: { value: 2 } } } },
      },
    },
    'x',
  );
  const given: Answers = {
    format: 1,
    tables: { a: { columns: { x: { renamedFrom: false }, n: { backfill: { sql: '1' } } } }, c: { columns: { m: {} } } },
  };
  expect(withAnswers(options, given).tables).toEqual({
    a: {
      renamedFrom: 'z',
      partitionBy: 'KEY(id)',
      columns: { x: { renamedFrom: false, backfill: { value: 1 } }, n: { backfill: { sql: '1' } } },
    },
    b: { columns: { k: { backfill: { value: 2 } } } },
    c: { columns: { m: {} } },
  });
});

function failureOf(work: () => unknown): MigrateError {
  try {
    work();
  } catch (error) {
    if (error instanceof MigrateError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
