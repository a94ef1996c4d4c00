import type { BaseIssue } from 'valibot';
import { didYouMean } from './did-you-mean.ts';

/** How what was read is called where it is wrong. */
export interface Wording {
  /** Keys that may stand where an unknown one was found, by their path; `*` is any name. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** What one entry is called. */
  readonly entry: string;
  /** What the whole is called. */
  readonly whole: string;
}

type Issue = BaseIssue<unknown>;

/** Whatever somebody has told Valibot for the whole process. */
export const allProblems = { abortEarly: false, abortPipeEarly: false } as const;

/** What Valibot found wrong, as a sentence for people, with the right spelling of what was mistyped. No value is repeated: it may be a secret. */
export function describeIssue(issue: Issue, wording: Wording): string {
  const { type, kind, message, input } = issue;
  const path = pathOf(issue);
  const place = path.join('.') || wording.whole;
  if (type === 'never') return unknownKey(path, wording);
  if (message.startsWith('must ')) return `${place} ${message}`;
  if (type === 'picklist' || type === 'literal') return `${place} must be ${choices(issue)}`;
  if (kind !== 'schema') return `${place}: ${message}`;
  if (input === undefined) return `${place} is missing`;
  return `${place}: expected ${(issue.expected ?? '').toLowerCase()}, received ${typeName(input)}`;
}

/** A record is read as a list of pairs (see `recordOf`): two places in lists, which people know as one key. No list holds lists. */
function pathOf({ path }: Issue): readonly string[] {
  const items = path ?? [];
  return items.flatMap(({ type, key, value }, at) => {
    if (type !== 'array') return [String(key)];
    if (items[at + 1]?.type === 'array') return [String((value as readonly unknown[])[0])];
    return items[at - 1]?.type === 'array' ? [] : [String(key)];
  });
}

function choices({ expected }: Issue): string {
  return (expected ?? '').replaceAll(/[()]/gu, '').replaceAll(' | ', ' or ');
}

function typeName(value: unknown): string {
  if (value === null || Number.isNaN(value)) return String(value);
  return Array.isArray(value) ? 'array' : typeof value;
}

function unknownKey(path: readonly string[], { keys, entry }: Wording): string {
  const parents = path.slice(0, -1);
  const pattern = parents.map((part, index) => (path[0] === 'tables' && (index === 1 || index === 3) ? '*' : part));
  if (path[0] === 'criticalQueries') pattern[1] = '*';
  const meant = didYouMean(path.at(-1) ?? '', keys[pattern.join('.')] ?? []);
  return `there is no ${entry} ${path.join('.')}${meant ? ` (did you mean ${meant}?)` : ''}`;
}
