import { tokenize, type Token } from '../../schema/expression.ts';
import { closingAt, lexis, nameOf, placeTokens } from './lexis.ts';

/** Words of expressions that a bare name cannot be. */
const keywords = new Set(
  (
    'and or not null is in like glob regexp match between case when then else end cast collate exists isnull notnull escape ' +
    'distinct from select where as current_timestamp current_date current_time true false on group order by limit'
  ).split(' '),
);

/** One spelling: comments, white space and needless outer parentheses gone, words in lower case, plain names unquoted. */
export function canonicalExpression(sql: string): string {
  const tokens = tokenize(stripParentheses(sql), lexis).filter(({ kind }) => kind !== 'comment');
  let text = '';
  let before: Token | undefined;
  for (const token of tokens) {
    text += (text === '' || isGlued(before, token) ? '' : ' ') + canonicalToken(token);
    before = token;
  }
  return text;
}

/** The expression without parentheses that enclose all of it. */
export function stripParentheses(sql: string): string {
  const text = sql.trim();
  const tokens = placeTokens(text);
  const last = tokens.length - 1;
  if (last < 2 || tokens[0]?.text !== '(' || closingAt(tokens, 0) !== last) return text;
  return stripParentheses(text.slice(tokens[0].end, tokens[last]?.start));
}

function canonicalToken(token: Token): string {
  if (token.kind === 'word') return token.text.toLowerCase();
  if (token.kind !== 'identifier') return token.text;
  const name = nameOf(token).toLowerCase();
  return /^[a-z_]\w*$/u.test(name) && !keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

// x'00' and 0x1F come as two tokens each; a function and its parenthesis stay together.
function isGlued(before: Token | undefined, token: Token): boolean {
  if (!before) return true;
  if (before.kind === 'word' && token.kind === 'string') return before.text.toLowerCase() === 'x';
  if (before.kind === 'number' && token.kind === 'word') return /^(?:x[\da-f]+|_\d+)$/iu.test(token.text);
  if (before.text === '(' || token.text === ')' || token.text === ',' || token.text === '.' || before.text === '.')
    return true;
  return (
    token.text === '(' &&
    (before.kind === 'word' || before.kind === 'identifier') &&
    !keywords.has(before.text.toLowerCase())
  );
}
