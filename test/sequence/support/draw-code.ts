import fc from 'fast-check';

/** A piece of a program that styles print in different ways. */
export type Piece =
  | { readonly kind: 'token'; readonly text: string; /** No line break before it. */ readonly glued?: true }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'import'; readonly text: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'lastComma' }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'parameter'; readonly text: string };

export interface Style {
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  readonly trailingCommas: boolean;
  readonly parentheses: boolean;
  readonly types: boolean;
  readonly lineEnd: string;
  /** What stands between tokens, in turn. */
  readonly gaps: readonly string[];
}

const token = (text: string): Piece => ({ kind: 'token', text });
const tokens = (text: string): readonly Piece[] => text.split(' ').map(token);
const glued = (text: string): Piece => ({ kind: 'token', text, glued: true });
const type = (text: string): Piece => ({ kind: 'type', text });
const end: Piece = { kind: 'end' };

const name = fc.constantFrom('a', 'b', 'context', 'rows', '$x');
const text = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', ';', ',', '/', 'é', '.ts'), maxLength: 8 });

const atom: fc.Arbitrary<readonly Piece[]> = fc.oneof(
  name.map((word) => [token(word)]),
  fc.nat(99).map((number) => [token(String(number))]),
  text.map((string) => [{ kind: 'string', text: string } as const]),
  fc.constantFrom('`t ${a} u`', '`;\n`').map((template) => [token(template)]),
);

const { expression, block } = fc.letrec<{
  expression: readonly Piece[];
  statement: readonly Piece[];
  block: readonly Piece[];
}>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc
      .tuple(name, fc.array(tie('expression'), { maxLength: 3 }))
      .map(([word, list]) => [token(word), token('('), ...listed(list), token(')')]),
    fc.array(tie('expression'), { maxLength: 3 }).map((list) => [token('['), ...listed(list), token(']')]),
    fc.tuple(atom, fc.constantFrom('+', '-', '<', '&&', '??'), atom).map(([a, op, b]) => [...a, token(op), ...b]),
    fc
      .tuple(name, tie('block'))
      .map(([word, body]) => [
        token('('),
        token('async'),
        { kind: 'parameter', text: word } as const,
        glued('=>'),
        ...body,
        token(')'),
      ]),
  ),
  statement: fc.oneof(
    { maxDepth: 3 },
    tie('expression').map((value) => [...tokens('const c'), type(': string'), token('='), ...value, end]),
    fc
      .tuple(name, tie('expression'))
      .map(([word, value]) => [token('await'), token(word), token('('), ...value, token(')'), end]),
    fc
      .tuple(tie('expression'), tie('block'), tie('block'))
      .map(([value, yes, no]) => [...tokens('if ('), ...value, token(')'), ...yes, token('else'), ...no]),
    tie('block').map((body) => [...tokens('for ( let i = 0 ; i < 9 ; i += 1 )'), ...body]),
    atom.map((value) => [token('return'), ...value.map((piece) => ({ ...piece, glued: true }) as Piece), end]),
    fc.constant([token('return'), end]),
    atom.map((value) => [token('('), ...value, token(')'), end]),
  ),
  block: fc
    .array(tie('statement'), { maxLength: 3 })
    .map((statements) => [token('{'), ...statements.flat(), token('}')]),
}));

function listed(list: readonly (readonly Piece[])[]): readonly Piece[] {
  if (list.length === 0) return [];
  const joined = list.flatMap((item, at) => (at === 0 ? item : [token(','), ...item]));
  return [...joined, { kind: 'lastComma' }];
}

/** A migration as a program, in no style. */
export const drawCode: fc.Arbitrary<readonly Piece[]> = fc
  .tuple(expression, block)
  .map(([value, body]) => [
    ...tokens('import { x } from'),
    { kind: 'import', text: './lib/a' },
    end,
    ...tokens('const y ='),
    ...value,
    end,
    ...tokens('export async'),
    glued('function'),
    ...tokens('up ( a )'),
    type(': Promise<void>'),
    ...body,
    ...tokens('class M extends N {'),
    token('async'),
    glued('down'),
    ...tokens('( )'),
    type(': Promise<void>'),
    ...body,
    token('}'),
  ]);

/** The program in a style. Without semicolons, one stands before a line that would go on with the one before. */
export function printCode(code: readonly Piece[], style: Style): string {
  let gap = 0;
  let result = '';
  code.forEach((piece, at) => {
    const before = code[at - 1]?.kind;
    const space = style.gaps[(gap += 1) % style.gaps.length] ?? ' ';
    const isGlued =
      'glued' in piece || piece.kind === 'end' || piece.kind === 'lastComma' || piece.kind === 'parameter';
    // A type is stripped with what is around it only where it stands on one line.
    result += before === 'type' || isGlued || space === '' ? ' ' : space;
    result += textOf(piece, style, code[at + 1]);
  });
  return result.replaceAll('\n', style.lineEnd);
}

function textOf(piece: Piece, style: Style, next: Piece | undefined): string {
  switch (piece.kind) {
    case 'token':
      return piece.text;
    case 'string':
      return quoted(piece.text, style.quote);
    case 'import':
      return quoted(`${piece.text}${style.types ? '.ts' : '.js'}`, style.quote);
    case 'end':
      return style.semicolons || (next?.kind === 'token' && /^[([`]/u.test(next.text)) ? ';' : '\n';
    case 'lastComma':
      return style.trailingCommas ? ',' : '';
    case 'type':
      return style.types ? piece.text : '';
    case 'parameter':
      return style.parentheses ? `(${piece.text}${style.types ? ': unknown' : ''})` : piece.text;
  }
}

function quoted(text: string, quote: string): string {
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}
