import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { MigrateError } from '../errors.ts';
import { entryOf } from '../schema/entry-of.ts';
import { allProblems, describeIssue, type Wording } from './describe-issue.ts';
import { columnKeys, columnOptions, type ColumnOptions, type ResolvedOptions, type TableOptions } from './options.ts';
import { recordOf, strict } from './shapes.ts';

/** What a person answers to the questions of a plan, in the words of the options. It overrules the options where both speak. */
export interface Answers {
  readonly format: 1;
  readonly tables: Readonly<Record<string, { readonly columns: Readonly<Record<string, ColumnOptions>> }>>;
}

/** Reads what `--answers` names. Throws ANSWERS_INVALID with all problems at once, each with the right spelling. */
export function readAnswersFile(file: string): Answers {
  try {
    return parseAnswers(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof MigrateError) throw error;
    throw new MigrateError('ANSWERS_INVALID', { file, problems: [(error as Error).message] }, { cause: error });
  }
}

/** Writes answers as a file; those that it holds already are kept where the new ones say nothing. Throws ANSWERS_INVALID. */
export function saveAnswersFile(file: string, answers: Answers): void {
  const known = readIfThere(file);
  writeFileSync(file, writeAnswers(known ? uniteAnswers(known, answers) : answers));
}

/** The text of an answers file. */
export function writeAnswers(answers: Answers): string {
  return `${JSON.stringify(answers, null, 2)}\n`;
}

/** The answers in a text. Throws ANSWERS_INVALID, with `file` as the name of the text. */
export function parseAnswers(text: string, file: string): Answers {
  const result = v.safeParse(schema, parseJson(text, file), allProblems);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => describeIssue(issue, wording));
  throw new MigrateError('ANSWERS_INVALID', { file, problems });
}

/** Both answers; what the second says of a column overrules the first, key by key. */
export function uniteAnswers(first: Answers, second: Answers): Answers {
  return { format: 1, tables: uniteTables(first.tables, second.tables) };
}

/** The options with what the answers say of tables and columns. */
export function withAnswers(options: ResolvedOptions, answers: Answers): ResolvedOptions {
  return { ...options, tables: uniteTables(options.tables, answers.tables) };
}

function uniteTables<T extends TableOptions>(
  tables: Readonly<Record<string, T>>,
  answers: Answers['tables'],
): Record<string, T & Answers['tables'][string]> {
  const names = [...new Set([...Object.keys(tables), ...Object.keys(answers)])];
  return byName(names, (name) => {
    const table = entryOf(tables, name);
    const columns = uniteColumns(table?.columns ?? {}, entryOf(answers, name)?.columns ?? {});
    return { ...table, columns } as T & Answers['tables'][string];
  });
}

function uniteColumns(
  columns: Readonly<Record<string, ColumnOptions>>,
  answers: Readonly<Record<string, ColumnOptions>>,
): Record<string, ColumnOptions> {
  const names = [...new Set([...Object.keys(columns), ...Object.keys(answers)])];
  return byName(names, (name) => ({ ...entryOf(columns, name), ...entryOf(answers, name) }));
}

function byName<T>(names: readonly string[], valueOf: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)]));
}

function readIfThere(file: string): Answers | undefined {
  try {
    return readAnswersFile(file);
  } catch (error) {
    const cause = error instanceof MigrateError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problems = [`it is no JSON: ${(error as Error).message}`];
    throw new MigrateError('ANSWERS_INVALID', { file, problems }, { cause: error });
  }
}

const schema = strict({
  format: v.literal(1),
  tables: recordOf(strict({ columns: recordOf(columnOptions) })),
});

const wording: Wording = {
  keys: { '': ['format', 'tables'], 'tables.*': ['columns'], ...columnKeys },
  entry: 'answer',
  whole: 'the file',
};
