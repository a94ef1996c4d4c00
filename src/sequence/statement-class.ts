import { tokenize, type Lexis } from '../schema/expression.ts';
import { leadingWords } from './leading-words.ts';
import type { DeclaredClass } from './script.ts';

/**
 * What a statement is where its author does not say: `destructive` for `truncate`, `drop table`, `drop schema`,
 * `drop database` and `alter table … drop [column]`, else `additive`. It looks at words only; a procedure is not looked into.
 */
export function classOfStatement(sql: string, lexis: Lexis): DeclaredClass {
  const [first, second, third] = leadingWords(sql, lexis, 3);
  if (first === 'truncate') return 'destructive';
  if (first === 'drop') return dropped.has(second === 'temporary' ? third : second) ? 'destructive' : 'additive';
  const isAlter = first === 'alter' && (second === 'table' || third === 'table');
  return isAlter && dropsColumn(sql, lexis) ? 'destructive' : 'additive';
}

const dropped: ReadonlySet<string | undefined> = new Set(['table', 'schema', 'database']);

/** What `drop` in `alter table` takes away that is no data; any other word after it is `column`, `partition` or a column. */
const spared: ReadonlySet<string> = new Set(
  'constraint index key foreign primary check default not expression identity unique period system'.split(' '),
);

function dropsColumn(sql: string, lexis: Lexis): boolean {
  const words = tokenize(sql, lexis).filter(({ kind }) => kind !== 'comment');
  return words.some(({ kind, text }, at) => {
    const [before, after] = [words[at - 1], words[at + 1]];
    if (kind !== 'word' || text.toLowerCase() !== 'drop' || before?.text === '.' || after === undefined) return false;
    return after.kind === 'identifier' || (after.kind === 'word' && !spared.has(after.text.toLowerCase()));
  });
}
