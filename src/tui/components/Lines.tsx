import { Box } from 'ink';
import { useContext, useLayoutEffect, useMemo, type ReactNode } from 'react';
import { showable, widthOf, wrap } from '../text.ts';
import { safeText } from '../../report/safe-text.ts';
import { Line, type Part } from './Line.tsx';
import { TextEnd } from './TextEnd.tsx';

/** A line of a text: parts in styles, or words that are wrapped where they are too long. */
export type TextLine = readonly (Part | string)[] | string | Part;

export interface LinesProps {
  readonly lines: readonly TextLine[];
  readonly width: number;
  readonly height: number;
  /** The first line to be seen; never past the end of the text. */
  readonly scroll?: number;
}

/** A text that scrolls: long lines are wrapped, and what does not fit is told in its first and last line. */
export function Lines({ lines, width, height, scroll = 0 }: LinesProps): ReactNode {
  const all = useMemo(() => lines.flatMap((line) => wrapLine(line, width)), [lines, width]);
  const textEnd = useContext(TextEnd);
  const end = Math.max(0, all.length - height);
  useLayoutEffect(() => {
    textEnd.current = end;
  });
  const first = Math.max(0, Math.min(scroll, end));
  const seen = all.slice(first, first + height);
  // Where there is room for three lines, two of them may tell of the others.
  if (first > 0 && height > 2) seen[0] = more('↑', first + 1);
  if (first < end && height > 1) seen[seen.length - 1] = more('↓', end - first + 1);
  return (
    <Box flexDirection="column">
      {seen.map((parts, at) => (
        <Line key={at} width={width} parts={parts} />
      ))}
    </Box>
  );
}

function more(arrow: '↑' | '↓', lines: number): readonly Part[] {
  return [{ text: `${arrow} ${lines} more lines`, dim: true }];
}

function wrapLine(line: TextLine, width: number): readonly (readonly (Part | string)[])[] {
  if (Array.isArray(line)) return wrapParts(line as readonly (Part | string)[], width);
  const part = typeof line === 'string' ? { text: line } : (line as Part);
  if (part.text.length <= width && plain.test(part.text)) return [[part]];
  return wrap(safeText(part.text).replaceAll('\t', '  '), width).map((text) => [{ ...part, text }]);
}

/** Of parts the last one is wrapped, below itself, where those before it are but a name. */
function wrapParts(parts: readonly (Part | string)[], width: number): readonly (readonly (Part | string)[])[] {
  const names = parts.slice(0, -1);
  const last = partOf(parts.at(-1) ?? '');
  const indent = names.reduce((sum, name) => sum + widthOf(showable(partOf(name).text)), 0);
  if (indent === 0 || indent > width / 2) return [parts];
  return wrap(showable(last.text), width - indent).map((text, at) => [
    ...(at === 0 ? names : [' '.repeat(indent)]),
    { ...last, text },
  ]);
}

function partOf(part: Part | string): Part {
  return typeof part === 'string' ? { text: part } : part;
}

/** As wide as it is long, and nothing in it to be made safe: most lines of a long text. */
const plain = /^[ -~]*$/u;
