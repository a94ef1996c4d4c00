import { identifierOf } from '../../schema/expression.ts';
import { tableKey } from '../../schema/names.ts';
import type { View } from '../../schema/schema.ts';
import type { ViewRow } from './catalog.ts';
import { pieces, type Piece } from './pieces.ts';

/** A view; its text does not name the database, so that it means the same in a copy. */
export function readView({ viewName, definition, checkOption, databaseName }: ViewRow): View {
  const option = checkOption === 'NONE' ? '' : ` with ${checkOption.toLowerCase()} check option`;
  return { name: tableKey(viewName), definition: withoutDatabase(definition, databaseName) + option };
}

function withoutDatabase(definition: string, database: string): string {
  const found = pieces(definition);
  const isDatabase = (piece: Piece | undefined): boolean =>
    piece?.kind === 'identifier' && identifierOf(piece) === database;
  const isQualifier = (at: number): boolean =>
    isDatabase(found[at]) && found[at + 1]?.text === '.' && found[at - 1]?.text !== '.';
  // A table, alias or column of the same name: which is which cannot be told, so nothing is taken away.
  if (found.some((piece, at) => isDatabase(piece) && !isQualifier(at))) return definition;
  const kept = found.map((piece, at) => (isQualifier(at) || isQualifier(at - 1) ? { ...piece, text: '' } : piece));
  return kept
    .map(({ text, gap }) => (gap ? ` ${text}` : text))
    .join('')
    .trim();
}
