import { Box } from 'ink';
import type { ReactNode } from 'react';
import { duration } from '../duration.ts';
import { noticeLines, type State } from '../state.ts';
import { Line } from './Line.tsx';
import { spinner } from './spinner.ts';

/** What is waited for, with a running clock; else what was just said; else nothing. */
export function ActivityLine({ state: { activity, notice, now, size } }: { readonly state: State }): ReactNode {
  const width = size.columns;
  if (activity) {
    const { what, since, detail } = activity;
    const clock = now - since < 1000 ? '' : ` ${duration(now - since)}`;
    const more = detail === undefined ? '' : `: ${detail}`;
    return <Line width={width} parts={[{ text: `${spinner(now)} `, colour: 'cyan' }, `${what} …${clock}${more}`]} />;
  }
  const lines = noticeLines({ size, ...(notice !== undefined && { notice }) });
  if (lines.length === 0) return <Line width={width} parts={[]} />;
  return (
    <Box flexDirection="column">
      {lines.map((text, at) => (
        <Line key={at} width={width} parts={[{ text, colour: 'magenta' }]} />
      ))}
    </Box>
  );
}
