import { MigrateError } from '../../errors.ts';
import { textDifference } from '../../sequence/text-difference.ts';
import type { SequenceState } from '../../sequence/compare-with-log.ts';
import type { Run } from '../run.ts';

/** Throws where files were edited, are missing, or come too late: before the first statement. Tells of mere touch-ups. */
export function refuseFiles({ emit, flags }: Run, state: SequenceState): void {
  for (const { file } of state.touchedUp)
    emit({
      kind: 'noticed',
      level: 'info',
      text: `${file.path} has other comments or white space than when it was applied`,
    });
  const [edited] = state.edited;
  if (edited)
    throw new MigrateError('MIGRATION_EDITED', {
      name: edited.file.path,
      difference: textDifference(edited.done.file?.text ?? '', edited.file.text),
    });
  if (state.missing.length > 0) throw new MigrateError('MIGRATION_MISSING', { problems: missingFiles(state) });
  if (state.outOfOrder.length > 0 && !flags.allowOutOfOrder)
    throw new MigrateError('OUT_OF_ORDER', {
      files: state.outOfOrder.map(({ path }) => path),
      last: state.last ?? '',
    });
}

/** A missing file, or the name that it seems to have now. */
export function missingFiles({ missing, renamed }: SequenceState): readonly string[] {
  return missing.map((done) => {
    const now = renamed.find(({ from }) => from.name === done.name)?.to;
    return now ? `${done.name} seems to be ${now.path} now` : `${done.name} (${done.file?.path})`;
  });
}
