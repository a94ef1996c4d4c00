import { identifierOf } from '../../schema/expression.ts';
import { tableKey } from '../../schema/names.ts';
import type { View } from '../../schema/schema.ts';
import type { ViewRow } from './catalog.ts';
import type { Session } from '../session.ts';
import { pieces, type Piece } from './pieces.ts';
import { quote } from './quote.ts';

/** Views; their texts do not name the database, so that they mean the same in a copy. */
export async function readViews(session: Session, rows: readonly ViewRow[]): Promise<View[]> {
  const views: View[] = [];
  for (const row of rows) views.push(readView(row, row.algorithm || (await readAlgorithm(session, row))));
  return views;
}

function readView(row: ViewRow, algorithm: string): View {
  const { viewName, definition, checkOption, databaseName, definer, security } = row;
  const option = checkOption === 'NONE' ? '' : ` with ${checkOption.toLowerCase()} check option`;
  return {
    name: tableKey(viewName),
    definition: withoutDatabase(definition, databaseName) + option,
    storage: { definer, security: security.toLowerCase(), algorithm: algorithm.toLowerCase() },
  };
}

/** How the server runs the view. No catalog of MySQL tells it. */
async function readAlgorithm(session: Session, { viewName }: ViewRow): Promise<string> {
  const [row] = await session.query<Record<string, string>>(`show create view ${quote(viewName)}`);
  return /^create algorithm=(\w+)/iu.exec(row?.['Create View'] ?? '')?.[1] ?? 'undefined';
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
