import { Box } from 'ink';
import type { ReactNode } from 'react';
import { Line } from './Line.tsx';

/** A few choices, one of them under the cursor. */
export function Choices({
  choices,
  cursor,
  width,
}: {
  readonly choices: readonly string[];
  readonly cursor: number;
  readonly width: number;
}): ReactNode {
  return (
    <Box flexDirection="column" aria-role="listbox">
      {choices.map((choice, at) => (
        <Box key={at} aria-role="option" aria-state={{ selected: at === cursor }}>
          <Line
            width={width}
            parts={[
              { text: at === cursor ? '❯ ' : '  ', colour: 'cyan', bold: true },
              { text: choice, bold: at === cursor },
            ]}
          />
        </Box>
      ))}
    </Box>
  );
}
