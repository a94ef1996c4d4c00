import { Box } from 'ink';
import type { ReactNode } from 'react';
import { showable, wrap } from '../text.ts';
import { Line } from './Line.tsx';

/** A line of the log: whole, in as many lines as it takes, for it stays when the screen is gone. */
export function LogLine({ text, width }: { readonly text: string; readonly width: number }): ReactNode {
  return (
    <Box flexDirection="column">
      {wrap(showable(text), width).map((line, at) => (
        <Line key={at} width={width} parts={[line]} />
      ))}
    </Box>
  );
}
