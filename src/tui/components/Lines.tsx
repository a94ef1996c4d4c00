import { Box } from 'ink';
import type { ReactNode } from 'react';
import { wrap } from '../text.ts';
import { safeText } from '../../report/safe-text.ts';
import { Line, type Part } from './Line.tsx';

/** A line of a text: parts in styles, or words that are wrapped where they are too long. */
export type TextLine = readonly (Part | string)[] | string | Part;

export interface LinesProps {
  readonly lines: readonly TextLine[];
  readonly width: number;
  readonly height: number;
  /** The first line to be seen; never past the end of the text. */
  readonly scroll?: number;
}

/** A text that scrolls: long lines are wrapped, and what does not fit is told in its last line. */
export function Lines({ lines, width, height, scroll = 0 }: LinesProps): ReactNode {
  const all = lines.flatMap((line) => wrapLine(line, width));
  const first = Math.max(0, Math.min(scroll, all.length - height));
  const seen = all.slice(first, first + height);
  const below = all.length - first - seen.length;
  const shown = below > 0 ? [...seen.slice(0, -1), more(below + 1)] : seen;
  return (
    <Box flexDirection="column">
      {shown.map((parts, at) => (
        <Line key={at} width={width} parts={parts} />
      ))}
    </Box>
  );
}

function more(lines: number): readonly Part[] {
  return [{ text: `↓ ${lines} more lines`, dim: true }];
}

function wrapLine(line: TextLine, width: number): readonly (readonly (Part | string)[])[] {
  if (Array.isArray(line)) return [line as readonly (Part | string)[]];
  const part = typeof line === 'string' ? { text: line } : (line as Part);
  return wrap(safeText(part.text).replaceAll('\t', '  '), width).map((text) => [{ ...part, text }]);
}
