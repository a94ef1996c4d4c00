import { didYouMean } from '../config/did-you-mean.ts';
import type { DeclaredClass, When } from './script.ts';

/** What a comment line says about the statements around it. */
export type Directive =
  | { readonly kind: 'section'; readonly section: SectionName; readonly options: SectionOptions }
  | { readonly kind: 'no transaction' }
  | { readonly kind: 'when'; readonly when: When }
  | { readonly kind: 'expect' | 'after'; readonly rows: 'some' | 'none'; readonly query: string }
  // Where a statement begins and ends, which the splitter has seen.
  | { readonly kind: 'begin' | 'end' }
  | { readonly kind: 'nothing' };

export type SectionName = 'up' | 'down';

export interface SectionOptions {
  readonly transaction?: boolean;
  readonly data?: boolean;
  readonly class?: DeclaredClass;
}

/** Refuses a file for what stands at one place of it. */
export type Refuse = (message: string) => never;

/** Reads a mark: ours (`-- migrate:up`, which dbmate has too), goose's or sql-migrate's (`-- +goose Up`, `-- +migrate Up`). */
export function readDirective(line: string, refuse: Refuse): Directive {
  const foreign = /^--\s*\+(goose|migrate)\s*(.*)$/iu.exec(line);
  if (foreign) return readForeign(foreign[2] ?? '', line, refuse);
  const [, mark = '', name = '', rest = ''] = /^--\s*(migrate\s*:?)\s*(\S*)\s*(.*)$/isu.exec(line) ?? [];
  const read = mark === 'migrate:' ? readers[name] : undefined;
  if (read) return read(rest.trim(), refuse);
  return refuse(`\`${line.trim()}\` is no directive${suggest(name, Object.keys(readers), '-- migrate:')}`);
}

const readers: { readonly [name: string]: ((rest: string, refuse: Refuse) => Directive) | undefined } = {
  __proto__: null as never,
  up: (rest, refuse) => ({ kind: 'section', section: 'up', options: readOptions(rest, refuse) }),
  down: (rest, refuse) => ({ kind: 'section', section: 'down', options: readOptions(rest, refuse) }),
  when: (rest, refuse) => ({ kind: 'when', when: readWhen(rest, refuse) }),
  'expect-rows': (rest, refuse) => ({ kind: 'expect', rows: 'some', query: readQuery(rest, refuse) }),
  'expect-no-rows': (rest, refuse) => ({ kind: 'expect', rows: 'none', query: readQuery(rest, refuse) }),
  after: readAfter,
};

function readAfter(rest: string, refuse: Refuse): Directive {
  const [, name = '', query = ''] = /^(\S*)\s*(.*)$/su.exec(rest) ?? [];
  const expected = name.startsWith('expect-') ? readers[name]?.(query, refuse) : undefined;
  if (expected?.kind !== 'expect')
    return refuse(
      `after \`migrate:after\` comes expect-rows or expect-no-rows${suggest(name, ['expect-rows', 'expect-no-rows'])}`,
    );
  return { ...expected, kind: 'after' };
}

function readQuery(query: string, refuse: Refuse): string {
  return query === '' ? refuse('a query is missing here') : query;
}

function readWhen(rest: string, refuse: Refuse): When {
  const [, kind, name] = /^(exists|missing):\s*(\S.*)$/su.exec(rest) ?? [];
  if (kind === undefined || name === undefined)
    return refuse('`migrate:when` takes `exists:TABLE`, `exists:TABLE.COLUMN`, or the same with `missing:`');
  return kind === 'exists' ? { exists: name } : { missing: name };
}

function readOptions(rest: string, refuse: Refuse): SectionOptions {
  const options = rest.split(/\s+/u).filter((word) => word !== '');
  return Object.assign({}, ...options.map((option) => readOption(option, refuse))) as SectionOptions;
}

function readOption(option: string, refuse: Refuse): SectionOptions {
  const [name = '', value = ''] = option.split(/:(.*)/su);
  if (name === 'transaction' || name === 'data') return { [name]: readBoolean(option, value, refuse) };
  if (name !== 'class') return refuse(`\`${option}\` is no option${suggest(name, ['transaction', 'data', 'class'])}`);
  const found = classes.find((known) => known === value);
  return found ? { class: found } : refuse(`\`${value}\` is no class${suggest(value, classes)}`);
}

const classes: readonly DeclaredClass[] = ['additive', 'widening', 'rebuilding', 'dataDependent', 'destructive'];

function readBoolean(option: string, value: string, refuse: Refuse): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return refuse(`\`${option}\` is neither true nor false`);
}

function readForeign(text: string, line: string, refuse: Refuse): Directive {
  const words = text.trim().toLowerCase().split(/\s+/u);
  const [first = '', second] = words;
  if (first === 'up' || first === 'down')
    return { kind: 'section', section: first, options: second === 'notransaction' ? { transaction: false } : {} };
  if (first === 'statementbegin' || first === 'statementend')
    return { kind: first === 'statementend' ? 'end' : 'begin' };
  if (first === 'no' && second === 'transaction') return { kind: 'no transaction' };
  if (first === 'envsub' && second === 'off') return { kind: 'nothing' };
  return refuse(
    `\`${line.trim()}\` is no mark that is known here${suggest(first, ['Up', 'Down', 'StatementBegin', 'StatementEnd'])}`,
  );
}

function suggest(word: string, known: readonly string[], prefix = ''): string {
  const near = didYouMean(word, known);
  return near === undefined ? `; known are ${known.join(', ')}` : `; did you mean \`${prefix}${near}\`?`;
}
