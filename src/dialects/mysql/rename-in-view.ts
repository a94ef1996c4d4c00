import type { RenameColumn } from '../../operations/rename-column.ts';
import type { RenameTable } from '../../operations/rename-table.ts';
import { identifierOf } from '../../schema/expression.ts';
import { parseTableKey } from '../../schema/names.ts';
import { pieces, type Piece } from './pieces.ts';
import { quote } from './quote.ts';

/**
 * A view's text after a rename: the server leaves it as it is, naming what is no longer there. The catalog qualifies
 * every column with its table or alias, and every table stands behind FROM, JOIN, a comma or a parenthesis.
 */
export function renameInView(definition: string, rename: RenameTable | RenameColumn): string {
  const found = pieces(definition);
  const renamed = rename.kind === 'renameTable' ? renameTable(found, rename) : renameColumn(found, rename);
  return renamed
    .map((piece) => (piece.gap ? ` ${piece.text}` : piece.text))
    .join('')
    .trim();
}

function renameTable(found: readonly Piece[], { from, to }: RenameTable): Piece[] {
  const [old, wanted] = [parseTableKey(from).name, parseTableKey(to).name];
  // A column that is called like the table stands behind a point, an alias behind AS or a name.
  return found.map((piece, at) => {
    if (!isNamed(piece, old) || found[at - 1]?.text === '.') return piece;
    const isQualifier = found[at + 1]?.text === '.';
    return isQualifier || isTablePlace(found[at - 1]) ? { ...piece, text: quote(wanted) } : piece;
  });
}

function renameColumn(found: readonly Piece[], { table, from, to }: RenameColumn): Piece[] {
  const name = parseTableKey(table).name;
  const aliases = found.flatMap((piece, at) => {
    const alias = found[at + 1];
    return isNamed(piece, name) && isTablePlace(found[at - 1]) && alias?.kind === 'identifier'
      ? [identifierOf(alias) ?? '']
      : [];
  });
  const qualifiers = new Set([name, ...aliases]);
  return found.map((piece, at) => {
    const qualifier = found[at - 2];
    const isOfTable =
      found[at - 1]?.text === '.' && qualifier !== undefined && qualifiers.has(identifierOf(qualifier) ?? '');
    return isOfTable && isNamed(piece, from) ? { ...piece, text: quote(to) } : piece;
  });
}

const isNamed = (piece: Piece, name: string): boolean => piece.kind === 'identifier' && identifierOf(piece) === name;

const isTablePlace = (before: Piece | undefined): boolean =>
  before !== undefined && /^(?:from|join|straight_join|,|\()$/iu.test(before.text);
