import { structuredPatch } from 'diff/lib/patch/create.js';

/** More lines than these do not help to see what was edited. */
const most = 40;

/** What was edited between two texts, a few lines around each edit: `- old`, `+ new`, with the numbers of the lines. */
export function textDifference(before: string, after: string): string {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 2, maxEditLength: 2000 }) ?? tooDifferent;
  const lines = hunks.flatMap(({ oldStart, newStart, lines: hunk }) => numberLines(hunk, oldStart, newStart));
  if (lines.length <= most) return lines.join('\n');
  return [...lines.slice(0, most - 1), `… ${lines.length - most + 1} more lines`].join('\n');
}

const tooDifferent = { hunks: [{ oldStart: 1, newStart: 1, lines: ['-(the whole text)', '+(another text)'] }] };

/** A line that is gone has its number before, any other its number now. */
function numberLines(hunk: readonly string[], oldStart: number, newStart: number): readonly string[] {
  let [old, now] = [oldStart, newStart];
  return hunk.map((line) => {
    const mark = line.charAt(0);
    const number = mark === '-' ? old : mark === '\\' ? undefined : now;
    if (mark === '-' || mark === ' ') old += 1;
    if (mark === '+' || mark === ' ') now += 1;
    return `${mark} ${String(number ?? '').padStart(4)} ${line.slice(1)}`.trimEnd();
  });
}
