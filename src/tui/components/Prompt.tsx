import type { ReactNode } from 'react';
import { Line } from './Line.tsx';

/** A line that is typed into, or was: then it has no caret. */
export function Prompt({
  label,
  text,
  width,
  isOpen = true,
}: {
  readonly label: string;
  readonly text: string;
  readonly width: number;
  readonly isOpen?: boolean;
}): ReactNode {
  const caret = isOpen ? [{ text: '▏', colour: 'cyan' as const }] : [];
  return <Line width={width} parts={[`${label} `, { text, bold: true }, ...caret]} />;
}
