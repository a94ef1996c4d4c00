import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeSemantics } from '../../src/sequence/code-semantics.ts';
import { drawCode, printCode, type Piece, type Style } from './support/draw-code.ts';

const runs = Number(process.env['MIKRATE_PROPERTY_RUNS'] ?? 300);

describe('what is written otherwise says the same', () => {
  it.each([
    ["import x from './a.ts'", 'import x from "./a.js";'],
    ["const x = await import('../a.mts')", "const x = await import('../a.mjs')"],
    ["const x = require('./a')", "const x = require('./a.js')"],
    ['a();\r\n// c\r\nb()', 'a()\nb();'],
    ['#!/usr/bin/env node\na', 'a'],
    ['\uFEFFa', 'a'],
    ['`a\r\nb`', '`a\nb`'],
    ["'it\\'s'", '"it\'s"'],
    [`'say "a"'`, `"say \\"a\\""`],
    ['f(a, b,)', 'f(\n  a,\n  b\n)'],
    ['[1,]', '[1]'],
    ['x => x', '(x) => x'],
    ['f(async x => { a() })', 'f(async (x) => {\n a();\n});'],
    ['{ return }', '{ return; }'],
    ['{ return\nx }', '{ return; x; }'],
    ['a\n++b', 'a; ++b'],
    ['if (a) {\n b\n} else c', 'if (a) { b; } else c;'],
    ['await (a)\nb', 'await (a); b;'],
    ['class A { b = 1; c() {} }', 'class A {\n b = 1\n c() {}\n}'],
    ['const a: string = b as string;', 'const a = b'],
    ['import { type A, b } from "./x.ts"', 'import { b } from "./x.js"'],
    ['class A extends B { protected override up(): void {} }', 'class A extends B { up() {} }'],
    ["import type { A } from 'a';\nlet b", 'let b'],
    ['interface A { b: 1 }\nlet b', 'let b'],
  ])('%j as %j', (a, b) => {
    expect(codeSemantics(a)).toBe(codeSemantics(b));
  });

  it('whatever the style', () => {
    fc.assert(
      fc.property(drawCode, style, style, (code, a, b) => {
        const [one, other] = [printCode(code, a), printCode(code, b)];
        expect(codeSemantics(one), `${one}\n--- and\n${other}`).toBe(codeSemantics(other));
      }),
      { numRuns: runs },
    );
  });
});

describe('what says something else is told', () => {
  it.each([
    ['{ return; x }', '{ return x }'],
    ['for (;;) { break; a }', 'for (;;) { break a }'],
    ['if (a); b()', 'if (a) b()'],
    ['for (a of b); c()', 'for (a of b) c()'],
    ['for await (a of b); c()', 'for await (a of b) c()'],
    ['if (a) {} else; b()', 'if (a) {} else b()'],
    ['a; (b)', 'a(b)'],
    ['a; [b]', 'a[b]'],
    ['a; `b`', 'a`b`'],
    ['a; +b', 'a + b'],
    ['a++; b', 'a; ++b'],
    ['for (; a;) b', 'for (a;;) b'],
    ['[,]', '[]'],
    ['[1,,]', '[1,]'],
    ["'./a.ts'", "'./a.js'"],
    ["import 'a.ts'", "import 'a.js'"],
    ["'a\\\\'", "'a'"],
    ["'\\n'", "'n'"],
    ['`a  b`', '`a b`'],
    ['`${a} `', '`${a}`'],
    ['/a/', '/a/i'],
    ["f('a b')", "f('a', b)"],
    ['"a"', '`a`'],
    ['(x, y) => x', '(x) => x'],
    ['enum A { B }', 'enum A { C }'],
  ])('%j is not %j', (a, b) => {
    expect(codeSemantics(a)).not.toBe(codeSemantics(b));
  });

  it('wherever one token is changed, left out or said twice', () => {
    fc.assert(
      fc.property(drawCode, style, fc.nat(), edit, (code, printed, at, change) => {
        const tokens = code.flatMap((piece, index) =>
          piece.kind === 'token' || piece.kind === 'string' ? [index] : [],
        );
        const chosen = tokens[at % tokens.length] ?? 0;
        const changed = code.flatMap((piece, index) => (index === chosen ? change(piece) : [piece]));
        expect(codeSemantics(printCode(changed, printed))).not.toBe(codeSemantics(printCode(code, printed)));
      }),
      { numRuns: runs },
    );
  });
});

it('never throws, and ends, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(typeof codeSemantics(text)).toBe('string');
    }),
    { numRuns: runs },
  );
});

it('says nothing on the terminal', () => {
  const warned: unknown[] = [];
  const listen = (warning: unknown) => warned.push(warning);
  process.on('warning', listen);
  codeSemantics('const a: string = 1');
  return new Promise<void>((resolve) => {
    setImmediate(() => {
      process.off('warning', listen);
      expect(warned).toEqual([]);
      resolve();
    });
  });
});

const style: fc.Arbitrary<Style> = fc.record({
  quote: fc.constantFrom('"', "'"),
  semicolons: fc.boolean(),
  trailingCommas: fc.boolean(),
  parentheses: fc.boolean(),
  types: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  gaps: fc.array(fc.constantFrom('', ' ', '\n', '\t', ' /* c; */ ', ' // c }\n'), { minLength: 1, maxLength: 12 }),
});

const edit: fc.Arbitrary<(piece: Piece) => readonly Piece[]> = fc.constantFrom(
  () => [],
  (piece: Piece) => [piece, piece],
  (piece: Piece) => [{ ...piece, text: `${'text' in piece ? piece.text : ''}x` } as Piece],
);
