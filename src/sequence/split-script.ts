import type { Lexis } from '../schema/expression.ts';
import { readScript, type SplitStatement } from './read-script.ts';

export type { SplitStatement } from './read-script.ts';

/** The statements of a script as a database takes them one by one. Never throws: what is not closed runs to the end. */
export function splitScript(text: string, lexis: Lexis): readonly SplitStatement[] {
  return readScript(text, lexis).flatMap((piece) =>
    piece.kind === 'statement' ? [{ text: piece.text, place: piece.place, start: piece.start }] : [],
  );
}

/** The same, their texts alone. */
export function splitTexts(text: string, lexis: Lexis): readonly string[] {
  return splitScript(text, lexis).map((statement) => statement.text);
}
