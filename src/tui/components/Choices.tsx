import { Box } from 'ink';
import type { ReactNode } from 'react';
import { firstVisible } from '../cursor.ts';
import { Line } from './Line.tsx';

/** A few choices, one of them under the cursor. */
export function Choices({
  choices,
  cursor,
  width,
  height,
}: {
  readonly choices: readonly string[];
  readonly cursor: number;
  readonly width: number;
  /** Lines that it may take: where they are fewer than the choices, those around the cursor are seen. */
  readonly height: number;
}): ReactNode {
  const first = firstVisible(cursor, choices.length, height);
  const seen = choices.slice(first, first + height).map((choice, index) => ({ choice, at: first + index }));
  return (
    <Box flexDirection="column" aria-role="listbox">
      {seen.map(({ choice, at }) => (
        <Line
          key={at}
          role="option"
          isSelected={at === cursor}
          width={width}
          parts={[
            { text: at === cursor ? '❯ ' : '  ', colour: 'cyan', bold: true },
            { text: choice, bold: at === cursor },
          ]}
        />
      ))}
    </Box>
  );
}
