import { MigrateError } from '../../errors.ts';
import { textDifference } from '../../sequence/text-difference.ts';
import type { SequenceState } from '../../sequence/compare-with-log.ts';
import type { Run } from '../run.ts';

/** Throws where files were edited, are missing, or come too late: before the first statement. Tells of mere touch-ups. */
export function refuseFiles({ emit, flags }: Pick<Run, 'emit' | 'flags'>, state: SequenceState): void {
  for (const { file } of state.touchedUp) {
    const text = `${file.path} has other comments or white space than when it was applied`;
    emit({ kind: 'noticed', level: 'info', text });
  }
  const [problem] = fileProblems(state, flags);
  if (problem) throw problem;
}

/** What is wrong with the files, the gravest first. */
export function fileProblems(state: SequenceState, { allowOutOfOrder }: Run['flags']): readonly MigrateError[] {
  const { edited, missing, outOfOrder, last = '' } = state;
  return [
    ...edited.map(
      ({ file, done }) =>
        new MigrateError('MIGRATION_EDITED', {
          name: file.path,
          difference: textDifference(done.file?.text ?? '', file.text),
        }),
    ),
    ...(missing.length > 0 ? [new MigrateError('MIGRATION_MISSING', { problems: missingFiles(state) })] : []),
    ...(outOfOrder.length > 0 && !allowOutOfOrder
      ? [new MigrateError('OUT_OF_ORDER', { files: outOfOrder.map(({ path }) => path), last })]
      : []),
  ];
}

/** A missing file, or the name that it seems to have now. */
export function missingFiles({ missing, renamed }: SequenceState): readonly string[] {
  return missing.map((done) => {
    const now = renamed.find(({ from }) => from.name === done.name)?.to;
    return now ? `${done.name} seems to be ${now.path} now` : `${done.name} (${done.file?.path})`;
  });
}
