import { identifierOf, tokenize, type Lexis, type Token } from '../schema/expression.ts';
import { statementEffect } from '../schema/statement-effect.ts';
import type { Renames } from '../diff/index.ts';

/** What a statement can do to the schema, by its words alone: nothing, only to what it names, or anything. */
export type Reach = 'rows' | 'anything' | { readonly names: ReadonlySet<string> };

/** Doubt is always `anything`: then the whole schema is looked at. */
export function statementReach(text: string, lexis: Lexis): Reach {
  const tokens = tokenize(text, lexis).filter(({ kind }) => kind !== 'comment');
  const words = tokens.map(wordOf);
  const [verb = '', object = ''] = words;
  if (rowVerbs.has(verb)) return 'rows';
  if (!isScoped(verb, object, words)) return 'anything';
  return { names: new Set(tokens.flatMap(namesOf)) };
}

/** Every name in a statement that a table may have. */
export function namesIn(text: string, lexis: Lexis): readonly string[] {
  const effect = statementEffect(text, lexis);
  const table = effect && ('makes' in effect ? effect.makes : effect.drops).table;
  return table === undefined ? [] : [table, table.toLowerCase()];
}

/** True for statements that change rows alone, so that they can share a transaction with their event on every database. */
export function isRowStatement(text: string, lexis: Lexis): boolean {
  const first = tokenize(text.slice(0, 4000), lexis).find(({ kind }) => kind !== 'comment');
  return first !== undefined && transactionalVerbs.has(wordOf(first));
}

/** True for statements that define things and touch no row: to run one again is to run it for the first time. */
export function changesSchemaAlone(text: string, lexis: Lexis): boolean {
  const words = tokenize(text.slice(0, 4000), lexis)
    .filter(({ kind }) => kind !== 'comment')
    .map(wordOf);
  const isFilled = words.includes('select') && words.includes('table');
  return ['create', 'alter', 'drop', 'rename', 'comment'].includes(words[0] ?? '') && !isFilled;
}

/** True for statements whose effect ends with the session. */
export function setsSession(text: string, lexis: Lexis): boolean {
  const first = tokenize(text.slice(0, 4000), lexis).find(({ kind }) => kind !== 'comment');
  return first !== undefined && (['set', 'use', 'pragma'].includes(wordOf(first)) || /\bset_config\b/iu.test(text));
}

/** True for statements that only ask. */
export function isQuery(text: string, lexis: Lexis): boolean {
  const first = tokenize(text.slice(0, 4000), lexis).find(({ kind }) => kind !== 'comment');
  return first !== undefined && queryVerbs.has(wordOf(first));
}

/** The renames that a statement spells out: without them a look before and after would see a drop and an addition. */
export function renamesIn(text: string, lexis: Lexis): Renames {
  const tokens = tokenize(text, lexis).filter(({ kind }) => kind !== 'comment');
  const words = tokens.map(wordOf);
  const name = (at: number): string => identifierOf(tokens[at] ?? { kind: 'word', text: '' }) ?? '';
  const tables: Record<string, string> = {};
  const columns: Record<string, Record<string, string>> = {};
  const table = words[0] === 'alter' ? name(afterTable(words)) : '';
  for (const [at, word] of words.entries()) {
    if (word === 'rename' && words[at + 1] === 'to' && table !== '') tables[name(at + 2)] = table;
    if (word === 'rename' && words[at + 1] === 'table') tables[name(at + 4)] = name(at + 2);
    const column = columnRename(words, at);
    if (column && table !== '') (columns[table] ??= {})[name(column.to)] = name(column.from);
  }
  return { tables, columns };
}

/** `rename [column] a to b`, `change [column] a b …`. */
function columnRename(words: readonly string[], at: number): { from: number; to: number } | undefined {
  const from = words[at + 1] === 'column' ? at + 2 : at + 1;
  if (
    words[at] === 'rename' &&
    words[from + 1] === 'to' &&
    !['to', 'table', 'index', 'key'].includes(words[from] ?? '')
  )
    return { from, to: from + 2 };
  return words[at] === 'change' ? { from, to: from + 1 } : undefined;
}

/** The place of the name in `alter table [if exists] [only] name`. */
function afterTable(words: readonly string[]): number {
  let at = words.indexOf('table') + 1;
  while (['if', 'exists', 'only'].includes(words[at] ?? '')) at += 1;
  return at;
}

const rowVerbs: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'replace', 'truncate', 'analyze', 'set']);
const queryVerbs: ReadonlySet<string> = new Set(['select', 'show', 'explain', 'describe', 'values', 'table']);
/** TRUNCATE commits by itself where DDL does. */
const transactionalVerbs: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'replace']);

function isScoped(verb: string, object: string, words: readonly string[]): boolean {
  if (words.includes('rename') || (words.includes('drop') && words.includes('cascade'))) return false;
  if (verb === 'alter' || verb === 'drop') return object === 'table';
  return (
    verb === 'create' && (object === 'table' || object === 'index' || (object === 'unique' && words[2] === 'index'))
  );
}

function wordOf({ kind, text }: Token): string {
  return kind === 'word' ? text.toLowerCase() : '';
}

/** A bare word may mean its name as written, or in small letters. */
function namesOf(token: Token): readonly string[] {
  const name = identifierOf(token);
  if (name === undefined) return [];
  return token.kind === 'word' ? [name, name.toLowerCase()] : [name];
}
