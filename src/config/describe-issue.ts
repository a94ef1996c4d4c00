import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';

/** How what was read is called where it is wrong. */
export interface Wording {
  /** Keys that may stand where zod found an unknown one, by their path; `*` is any name. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** What one entry is called. */
  readonly entry: string;
  /** What the whole is called. */
  readonly whole: string;
}

/** What zod found wrong, in sentences for people, with the right spelling of what was mistyped. */
export function describeIssue(issue: z.core.$ZodIssue, wording: Wording): readonly string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, wording));
  if (issue.code === 'invalid_key' || (issue.code === 'invalid_value' && path[0] === 'policy' && path.length === 1)) {
    return [unknownKey(path.slice(0, -1), path.at(-1) ?? '', wording)];
  }
  if (issue.code === 'invalid_union') return unionProblems(issue, path, wording);
  if (issue.code === 'invalid_value')
    return [`${path.join('.')} must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`];
  return [`${path.join('.') || wording.whole}: ${issue.message}`];
}

/** A wrong key inside one member of a union is what the user wants to hear of. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly string[],
  wording: Wording,
): readonly string[] {
  const wrongKeys = issue.errors.find(
    (member) => member.length > 0 && member.every(({ code }) => code === 'unrecognized_keys'),
  );
  if (!wrongKeys) return [`${path.join('.')} ${issue.message}`];
  return wrongKeys.flatMap((member) => describeIssue({ ...member, path: [...path, ...member.path] }, wording));
}

function unknownKey(path: readonly string[], key: string, { keys, entry }: Wording): string {
  const pattern = path.map((part, index) => (path[0] === 'tables' && (index === 1 || index === 3) ? '*' : part));
  if (path[0] === 'criticalQueries') pattern[1] = '*';
  const meant = didYouMean(key, keys[pattern.join('.')] ?? []);
  return `there is no ${entry} ${[...path, key].join('.')}${meant ? ` (did you mean ${meant}?)` : ''}`;
}
