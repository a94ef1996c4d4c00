import jsTokens from 'js-tokens';
import type { FoundFile } from './format.ts';

/** True where the file's code says it: not in a comment, not in a text. Runs nothing. */
export function saysInCode({ text }: FoundFile, pattern: RegExp): boolean {
  return pattern.test(text) && pattern.test(codeOf(text));
}

function codeOf(text: string): string {
  return [...jsTokens(text)].map(({ type, value }) => (quiet.has(type) ? ' ' : value)).join('');
}

const quiet: ReadonlySet<string> = new Set([
  'MultiLineComment',
  'SingleLineComment',
  'HashbangComment',
  'StringLiteral',
  'NoSubstitutionTemplate',
]);
