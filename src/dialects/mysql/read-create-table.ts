import { identifierOf } from '../../schema/expression.ts';
import { pieces, type Piece } from './pieces.ts';

/** The expressions of one column in a `create table`, as they stand there. */
export interface WrittenColumn {
  readonly default?: string;
  readonly generated?: string;
  readonly onUpdate?: string;
}

/** The expressions of a `create table`, by the names of what they belong to; each part of an index in its place. */
export interface WrittenTable {
  readonly columns: Readonly<Record<string, WrittenColumn>>;
  readonly checks: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, readonly string[]>>;
}

/** Reads what SHOW CREATE TABLE answers. */
export function readCreateTable(statement: string): WrittenTable {
  const found = pieces(statement);
  const open = found.findIndex(({ text }) => text === '(');
  const elements = splitList(groupAt(found, open));
  const columns = new Map<string, WrittenColumn>();
  const checks = new Map<string, string>();
  const indexes = new Map<string, readonly string[]>();
  for (const element of elements) {
    const name = nameOf(element);
    if (name === undefined) continue;
    if (element[0]?.kind === 'identifier') columns.set(name, readColumn(element));
    else if (isWord(element[0], 'constraint')) setFound(checks, name, groupAfter(element, ['check']));
    else
      indexes.set(
        name,
        splitList(
          groupAt(
            element,
            element.findIndex(({ text }) => text === '('),
          ),
        ).map(spellPart),
      );
  }
  return {
    columns: Object.fromEntries(columns),
    checks: Object.fromEntries(checks),
    indexes: Object.fromEntries(indexes),
  };
}

function setFound(map: Map<string, string>, name: string, text: string | undefined): void {
  if (text !== undefined) map.set(name, text);
}

function nameOf(element: readonly Piece[]): string | undefined {
  const found = element.find(({ kind }) => kind === 'identifier');
  return found && identifierOf(found);
}

function readColumn(element: readonly Piece[]): WrittenColumn {
  const generated = groupAfter(element, ['generated', 'always', 'as']);
  const value = generated === undefined ? valueAfter(element, ['default']) : undefined;
  const onUpdate = valueAfter(element, ['on', 'update']);
  return {
    ...(value !== undefined && { default: value }),
    ...(generated !== undefined && { generated }),
    ...(onUpdate !== undefined && { onUpdate }),
  };
}

function groupAfter(element: readonly Piece[], words: readonly string[]): string | undefined {
  const at = placeAfter(element, words);
  return at === undefined ? undefined : spell(groupAt(element, at));
}

/** One value: a group in parentheses, or a literal or call with its sign or introducer before it. */
function valueAfter(element: readonly Piece[], words: readonly string[]): string | undefined {
  const at = placeAfter(element, words);
  if (at === undefined) return undefined;
  if (element[at]?.text === '(') return spell(groupAt(element, at));
  let end = at;
  if (/^[-+]$/u.test(element[end]?.text ?? '')) end += 1;
  if (element[end]?.kind === 'number' && element[end + 1]?.kind === 'word' && !element[end + 1]?.gap) end += 1;
  else if (element[end]?.kind === 'word' && element[end + 1]?.kind === 'string' && !element[end + 1]?.gap) end += 1;
  else if (element[end]?.kind === 'word' && element[end + 1]?.text === '(') end += groupAt(element, end + 1).length + 2;
  return spell(element.slice(at, end + 1));
}

/** The place after these words where they stand outside all parentheses. */
function placeAfter(element: readonly Piece[], words: readonly string[]): number | undefined {
  let depth = 0;
  for (const [at, { kind, text }] of element.entries()) {
    if (kind === 'symbol' && text === '(') depth += 1;
    if (kind === 'symbol' && text === ')') depth -= 1;
    if (depth === 0 && words.every((word, ahead) => isWord(element[at + ahead], word))) return at + words.length;
  }
  return undefined;
}

const isWord = (piece: Piece | undefined, word: string): boolean =>
  piece?.kind === 'word' && piece.text.toLowerCase() === word;

/** What stands between the parenthesis at this place and its partner. */
function groupAt(found: readonly Piece[], open: number): Piece[] {
  let depth = 0;
  for (let at = open; at < found.length; at += 1) {
    const { kind, text } = found[at] as Piece;
    if (kind !== 'symbol') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) return found.slice(open + 1, at);
  }
  return found.slice(open + 1);
}

/** The elements between commas that stand outside all parentheses. */
function splitList(found: readonly Piece[]): Piece[][] {
  const elements: Piece[][] = [[]];
  let depth = 0;
  for (const piece of found) {
    if (piece.kind === 'symbol' && piece.text === '(') depth += 1;
    if (piece.kind === 'symbol' && piece.text === ')') depth -= 1;
    if (piece.kind === 'symbol' && piece.text === ',' && depth === 0) elements.push([]);
    else elements.at(-1)?.push(piece);
  }
  return elements;
}

/** An index part that is an expression stands in parentheses, its direction after them. */
const spellPart = (part: readonly Piece[]): string => spell(part[0]?.text === '(' ? groupAt(part, 0) : part);

const spell = (found: readonly Piece[]): string =>
  found
    .map(({ text, gap }) => (gap ? ` ${text}` : text))
    .join('')
    .trim();
