/**
 * Orders names of migrations: by the number or version that they begin with, then as text. `V1.10__x` comes after
 * `V1.9__y`, `20240102_x` after `20240101_y`; names without a number come last.
 */
export function compareNames(a: string, b: string): number {
  const [left, right] = [versionOf(a), versionOf(b)];
  if (left.length === 0 || right.length === 0)
    return Number(left.length === 0) - Number(right.length === 0) || compareTexts(a, b);
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = compareNumbers(left[at], right[at]);
    if (difference !== 0) return difference;
  }
  return compareTexts(a, b);
}

/** The digits that a name begins with, after a prefix such as `V` or `Migration`. */
function versionOf(name: string): readonly string[] {
  const [, version] = /^(?:[Vv]|[Mm]igration_?)?(\d+(?:[._-]\d+)*)/u.exec(name) ?? [];
  return version === undefined ? [] : version.split(/[._-]/u).map((digits) => digits.replace(/^0+(?=\d)/u, ''));
}

/** Digits as a number of any length; a missing part comes first. */
function compareNumbers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return a.length - b.length || compareTexts(a, b);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
