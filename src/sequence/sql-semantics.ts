import type { Lexis, Token } from '../schema/expression.ts';
import { isSpace, readToken } from '../schema/read-token.ts';
import { keywords } from './keywords.ts';
import { breakpoint, isMark } from './read-script.ts';

/**
 * What an SQL file says without how it is laid out: no comments but directives and hints, one space between tokens, keywords
 * in lower case. Names, literals and what is in quotes keep every byte; so does a word that is not surely a keyword.
 */
export function semanticsOf(text: string, lexis: Lexis): string {
  const parts: string[] = [];
  let [at, end] = [0, -1];
  let before: Token | undefined;
  while (at < text.length) {
    if (isSpace(text.charAt(at))) {
      at += 1;
      continue;
    }
    const isBreak = text.startsWith(breakpoint, at);
    const token: Token = isBreak ? { kind: 'symbol', text: breakpoint } : readToken(text, at, lexis);
    const start = at;
    at += token.text.length;
    if (token.kind === 'comment' && !says(token.text)) continue;
    addPart(parts, isBreak ? ';' : spell(token, before), { isGlued: start === end && isPrefixed(token, before) });
    [before, end] = [token, at];
  }
  return parts.join(' ').replace(/ ?;$/u, '');
}

/** A prefix is a part of its string (`E'…'`), an end of a statement that ends nothing says nothing. */
function addPart(parts: string[], part: string, { isGlued }: { readonly isGlued: boolean }): void {
  if (part === ';' && (parts.length === 0 || parts.at(-1) === ';')) return;
  if (isGlued) parts.push(`${parts.pop() ?? ''}${part}`);
  else parts.push(part);
}

function isPrefixed({ kind }: Token, before: Token | undefined): boolean {
  return kind === 'string' && before?.kind === 'word';
}

function says(comment: string): boolean {
  return isMark(comment) || comment.startsWith('/*+');
}

function spell({ kind, text }: Token, before: Token | undefined): string {
  if (kind === 'comment') return `\n${text.trim().replaceAll(/\s+/gu, ' ')}\n`;
  if (kind !== 'word' || before?.text === '.' || before?.text === '@') return text;
  const word = text.toLowerCase();
  return keywords.has(word) ? word : text;
}
