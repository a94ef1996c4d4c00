import { didYouMean } from '../../config/did-you-mean.ts';
import { MigrateError } from '../../errors.ts';
import type { ForeignTool } from './foreign-tool.ts';
import { foreignTools } from './index.ts';

/** The tools that `--from` means: one by its name, or `auto` for all. Throws FOREIGN_HISTORY_UNKNOWN. */
export function chooseTools(from: string): readonly ForeignTool[] {
  if (from === 'auto') return foreignTools;
  const wanted = from.toLowerCase();
  const tool = foreignTools.find(({ name, aliases = [] }) => name === wanted || aliases.includes(wanted));
  if (tool) return [tool];
  const names = foreignTools.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const near = didYouMean(from, names);
  const message = `no tool is called "${from}"${near === undefined ? '' : ` (did you mean ${near}?)`}; known are ${names.toSorted().join(', ')}`;
  throw new MigrateError('FOREIGN_HISTORY_UNKNOWN', { message });
}
