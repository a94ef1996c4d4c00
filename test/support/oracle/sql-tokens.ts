export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  readonly text: string;
  /** White space came before it. */
  readonly spaced: boolean;
}

export interface TokenRules {
  /** `\'` does not end a string (MySQL, MariaDB). */
  readonly backslash: boolean;
  /** What stands in double quotes. */
  readonly doubleQuoted: 'name' | 'string';
  /** A comment is white space; otherwise it is kept. */
  readonly dropComments: boolean;
}

interface Pattern {
  readonly kind: Token['kind'] | 'space' | 'comment';
  readonly regexp: RegExp;
}

/** Cuts SQL into tokens. White space is dropped, except within quotes. */
export function readTokens(sql: string, rules: TokenRules): Token[] {
  const patterns = patternsFor(rules);
  const tokens: Token[] = [];
  let spaced = false;
  for (let at = 0; at < sql.length;) {
    const { kind, text } = matchAt(sql, at, patterns);
    at += text.length;
    if (kind === 'space' || (kind === 'comment' && rules.dropComments)) {
      spaced = true;
      continue;
    }
    tokens.push({ kind: kind === 'comment' ? 'symbol' : kind, text, spaced });
    spaced = false;
  }
  return tokens;
}

/** Puts tokens together again, each white space as one blank. */
export function spell(tokens: readonly Token[]): string {
  return tokens.map((token, index) => (token.spaced && index > 0 ? ` ${token.text}` : token.text)).join('');
}

/** Splits at a symbol outside of parentheses. */
export function splitTokens(tokens: readonly Token[], symbol: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token);
    if (depth === 0 && isSymbol(token, symbol)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** What stands before the first parenthesis, in it, and after it. */
export function splitAtParentheses(tokens: readonly Token[]): { head: Token[]; body: Token[]; tail: Token[] } {
  const open = tokens.findIndex((token) => isSymbol(token, '('));
  if (open < 0) return { head: [...tokens], body: [], tail: [] };
  let depth = 0;
  const close = tokens.findIndex((token, index) => index >= open && (depth += depthOf(token)) === 0);
  return { head: tokens.slice(0, open), body: tokens.slice(open + 1, close), tail: tokens.slice(close + 1) };
}

export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

/** `tokens` without each occurrence of these words in a row. */
export function withoutWords(tokens: readonly Token[], ...words: readonly string[]): Token[] {
  const at = tokens.findIndex((_, index) => words.every((word, offset) => isWord(tokens[index + offset], word)));
  if (at < 0) return [...tokens];
  return withoutWords([...tokens.slice(0, at), ...tokens.slice(at + words.length)], ...words);
}

export function depthOf(token: Token): number {
  if (token.kind !== 'symbol') return 0;
  return Number(token.text === '(') - Number(token.text === ')');
}

function patternsFor(rules: TokenRules): readonly Pattern[] {
  const inside = (quote: string) =>
    rules.backslash ? `(?:[^${quote}\\\\]|${quote}${quote}|\\\\[^])*` : `(?:[^${quote}]|${quote}${quote})*`;
  const at = (source: string) => new RegExp(source, 'uy');
  return [
    { kind: 'space', regexp: at('\\s+') },
    { kind: 'comment', regexp: at('--[^\\n]*|/\\*(?!!)[^]*?\\*/') },
    { kind: 'string', regexp: at("[eE]'(?:[^'\\\\]|''|\\\\[^])*'") },
    { kind: 'string', regexp: at(`[xXbBnN]?'${inside("'")}'`) },
    { kind: 'string', regexp: at('\\$([A-Za-z_]\\w*)?\\$[^]*?\\$\\1\\$') },
    { kind: rules.doubleQuoted, regexp: at(rules.doubleQuoted === 'name' ? '"(?:[^"]|"")*"' : `"${inside('"')}"`) },
    { kind: 'name', regexp: at('`(?:[^`]|``)*`') },
    { kind: 'number', regexp: at('\\d[\\w.]*') },
    { kind: 'word', regexp: at('[\\p{L}_@$][\\p{L}\\p{N}_@$]*') },
    { kind: 'symbol', regexp: at('/\\*!\\w*|\\*/|<=|>=|<>|!=|==|\\|\\||::|[^]') },
  ];
}

function matchAt(sql: string, at: number, patterns: readonly Pattern[]): { kind: Pattern['kind']; text: string } {
  for (const { kind, regexp } of patterns) {
    regexp.lastIndex = at;
    const text = regexp.exec(sql)?.[0];
    if (text) return { kind, text };
  }
  throw new Error(`No token at ${at} in: ${sql}`);
}
