import type { Token } from '../schema/expression.ts';

/** Follows one statement, token by token, and knows whether a semicolon would stand within its body. */
export interface Body {
  take(token: Token): void;
  isOpen(): boolean;
}

/**
 * Reads the head of `create [or replace] [definer = who] KIND`, token by token: true once it is one of these kinds, false
 * once it is anything else, undefined before.
 */
export function readHead(of: readonly string[]): (token: Token) => boolean | undefined {
  let before = '';
  return ({ kind, text }) => {
    const word = kind === 'word' ? text.toLowerCase() : text;
    const isFirst = before === '';
    const isAccount = before === '=' || before === '@';
    before = word;
    if (isFirst && kind === 'symbol' && word.startsWith('/*')) before = '';
    else if (isFirst && word !== 'create' && word !== 'alter') return false;
    if (isAccount || kind !== 'word' || headWords.has(word)) return undefined;
    return of.includes(word);
  };
}

const headWords: ReadonlySet<string> = new Set([
  'create',
  'alter',
  'or',
  'replace',
  'temp',
  'temporary',
  'constraint',
  'aggregate',
  'definer',
]);
