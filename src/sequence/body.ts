import type { Bodies } from '../schema/expression.ts';
import { trackBlocks } from './blocks.ts';
import { readHead, type Body } from './statement-head.ts';

/** A body for one statement. Comments are not given to it. */
export function trackBody(bodies: Bodies | undefined): Body {
  if (!bodies) return { take: () => {}, isOpen: () => false };
  return styles[bodies.style](bodies.of);
}

const styles: { readonly [style in Bodies['style']]: (of: readonly string[]) => Body } = {
  'closing end': trackClosingEnd,
  atomic: trackAtomic,
  blocks: trackBlocks,
};

/** What SQLite's own shell does (`sqlite3_complete`): a trigger ends with `; end ;`, whatever stands before. */
function trackClosingEnd(of: readonly string[]): Body {
  const isBodied = readHead(of);
  const last: string[] = [];
  let bodied: boolean | undefined;
  return {
    take(token) {
      bodied ??= isBodied(token);
      last.push(token.kind === 'word' ? token.text.toLowerCase() : token.text);
      if (last.length > 2) last.shift();
    },
    isOpen: () => bodied === true && !(last[0] === ';' && last[1] === 'end'),
  };
}

/** What PostgreSQL's own shell does (`psqlscan.l`): parentheses, and `begin … end` with the `case … end` within. */
function trackAtomic(of: readonly string[]): Body {
  const isBodied = readHead(of);
  let bodied: boolean | undefined;
  let parentheses = 0;
  let depth = 0;
  let before = '';
  return {
    take(token) {
      bodied ??= isBodied(token);
      const word = token.kind === 'word' ? token.text.toLowerCase() : token.text;
      if (token.kind === 'symbol' && word === '(') parentheses += 1;
      if (token.kind === 'symbol' && word === ')') parentheses = Math.max(0, parentheses - 1);
      if (bodied && token.kind === 'word') depth += depthOf(word, before, depth);
      before = word;
    },
    isOpen: () => parentheses > 0 || depth > 0,
  };
}

function depthOf(word: string, before: string, depth: number): number {
  if (word === 'atomic' && before === 'begin') return 1;
  if (depth === 0 || before === '.') return 0;
  return word === 'case' ? 1 : word === 'end' ? -1 : 0;
}
