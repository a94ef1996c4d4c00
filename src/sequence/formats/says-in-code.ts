import jsTokens from 'js-tokens';
import type { FoundFile } from './format.ts';

/** True where the file's code says it, ending with a name: not in a comment, not in a text. Runs nothing; reads no further. */
export function saysInCode({ text }: FoundFile, pattern: RegExp): boolean {
  if (!pattern.test(text)) return false;
  let recent = '';
  for (const { type, value } of jsTokens(text)) {
    recent = (recent + (quiet.has(type) ? ' ' : value)).slice(-longest);
    if (type === 'IdentifierName' && pattern.test(recent)) return true;
  }
  return false;
}

/** Characters of code that a pattern can span. */
const longest = 400;

const quiet: ReadonlySet<string> = new Set([
  'MultiLineComment',
  'SingleLineComment',
  'HashbangComment',
  'StringLiteral',
  'NoSubstitutionTemplate',
]);
