/**
 * The identity of a migration that is code: its file's name without the ending, so that `.ts` and the compiled `.js` are
 * one. Absent for a name that is none: declarations, tests, an index.
 */
export function codeName(base: string): string | undefined {
  const [, name] = /^(.+)\.[cm]?[jt]s$/u.exec(base) ?? [];
  return name === undefined || /(?:\.d|\.test|\.spec)$|^index$/u.test(name) ? undefined : name;
}
