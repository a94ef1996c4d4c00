import { tokenize, type Lexis } from '../schema/expression.ts';
import { leadingWords } from './leading-words.ts';

/** Why a statement of a file cannot run as a part of a migration, `undefined` where it can. */
export function statementRefusal(
  sql: string,
  lexis: Lexis,
  given: { readonly transaction: boolean },
): string | undefined {
  const words = leadingWords(sql, lexis, 4);
  return (
    clientCommand(sql, lexis, words) ??
    copyOfStream(sql, lexis, words) ??
    (given.transaction ? control(words) : undefined)
  );
}

/** The shells of the databases have commands of their own, which no server knows. */
function clientCommand(sql: string, lexis: Lexis, [first = '']: readonly string[]): string | undefined {
  if (first === '.' || shellWords.has(first))
    return `\`${sql.split(/\s/u, 1)[0]}\` is a command of a database's shell, not SQL`;
  if (!sql.includes('\\')) return undefined;
  const tokens = tokenize(sql, lexis);
  // MySQL and MariaDB have taken `\N` for NULL.
  const at = tokens.findIndex(({ text }, at) => text === '\\' && tokens[at + 1]?.text !== 'N');
  return at < 0 ? undefined : `\`\\${tokens[at + 1]?.text ?? ''}\` is a command of a database's shell, not SQL`;
}

const shellWords: ReadonlySet<string> = new Set(['source', 'system', 'tee', 'notee', 'pager', 'nopager', 'prompt']);

function copyOfStream(sql: string, lexis: Lexis, [first]: readonly string[]): string | undefined {
  if (first !== 'copy') return undefined;
  const words = tokenize(sql, lexis).flatMap(({ kind, text }) => (kind === 'word' ? [text.toLowerCase()] : []));
  const stream = words.find((word, at) => streams.has(word) && (words[at - 1] === 'from' || words[at - 1] === 'to'));
  return stream && `COPY with ${stream} moves rows through the database's shell; write INSERT statements`;
}

const streams: ReadonlySet<string> = new Set(['stdin', 'stdout']);

/** The migration has a transaction already: statements that begin or end one would leave half of it outside. */
function control(words: readonly string[]): string | undefined {
  const found = controls.find((control) => control.every((word, at) => words[at] === word));
  if (!found || goesOn(words)) return undefined;
  const said = found.join(' ').toUpperCase();
  return `${said} within the migration's own transaction; leave it out, or write \`-- migrate:up transaction:false\``;
}

const controls: readonly (readonly string[])[] = [
  ['begin'],
  ['start', 'transaction'],
  ['commit'],
  ['rollback'],
  ['end'],
  ['abort'],
  ['prepare', 'transaction'],
];

/** A rollback to a savepoint, and MariaDB's block, stay within the transaction. */
function goesOn([first, second, third]: readonly string[]): boolean {
  if (first === 'begin') return second === 'not' && third === 'atomic';
  const named = second === 'work' || second === 'transaction' ? third : second;
  return first === 'rollback' && named === 'to';
}
