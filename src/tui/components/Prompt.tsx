import type { ReactNode } from 'react';
import { Line } from './Line.tsx';

/** A line that is typed into. */
export function Prompt({
  label,
  text,
  width,
}: {
  readonly label: string;
  readonly text: string;
  readonly width: number;
}): ReactNode {
  return <Line width={width} parts={[`${label} `, { text, bold: true }, { text: '▏', colour: 'cyan' }]} />;
}
