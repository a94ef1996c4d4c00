import { isWord, placeTokens, type PlacedToken } from './lexis.ts';

/** The statements of a script, each without its semicolon; those within a trigger stay together. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let current: PlacedToken[] = [];
  for (const token of [...placeTokens(script), undefined]) {
    const ends = token === undefined || (token.text === ';' && !isInsideTrigger(current));
    if (!ends) {
      current.push(token);
      continue;
    }
    const [first, last] = [current[0], current.at(-1)];
    if (first && last) statements.push(script.slice(first.start, last.end));
    current = [];
  }
  return statements;
}

/** True between BEGIN and END of `create trigger`; CASE has an END of its own. */
function isInsideTrigger(tokens: readonly PlacedToken[]): boolean {
  if (!isWord(tokens[0], 'create')) return false;
  const at = isWord(tokens[1], 'temp', 'temporary') ? 2 : 1;
  if (!isWord(tokens[at], 'trigger')) return false;
  const begin = tokens.findIndex((token) => isWord(token, 'begin'));
  if (begin < 0) return true;
  let depth = 0;
  for (const token of tokens.slice(begin)) {
    if (isWord(token, 'begin', 'case')) depth += 1;
    if (isWord(token, 'end')) depth -= 1;
  }
  return depth > 0;
}
