import type { PlannedFile } from '../../plan/plan-file.ts';

/** Files that do not run, by their reasons: one sentence for each reason. */
export function skippedText(files: readonly PlannedFile[]): readonly string[] {
  const reasons = Map.groupBy(
    files.filter(({ skipped }) => skipped !== undefined),
    ({ skipped }) => skipped ?? '',
  );
  return [...reasons].map(([reason, skipped]) => {
    const [first] = skipped;
    return skipped.length === 1 && first
      ? `${first.path} is skipped: ${reason}`
      : `${skipped.length} files are skipped: ${reason}`;
  });
}
