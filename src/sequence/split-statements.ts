import { tokenize, type Lexis } from '../schema/expression.ts';

/** The statements of a text, each without its semicolon. */
export function splitStatements(text: string, lexis: Lexis): readonly string[] {
  const ends: number[] = [];
  let at = 0;
  for (const token of tokenize(text, lexis)) {
    const start = text.indexOf(token.text, at);
    at = start + token.text.length;
    if (token.kind === 'symbol' && token.text === ';') ends.push(start);
  }
  const parts = [...ends, text.length].map((end, index) =>
    text.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end),
  );
  return parts
    .map((part) => part.trim())
    .filter((part) => tokenize(part, lexis).some(({ kind }) => kind !== 'comment'));
}
