import type { ReactNode } from 'react';
import { Line } from './Line.tsx';

export interface BarProps {
  readonly done: number;
  readonly total: number;
  readonly width: number;
  /** What stands behind the bar. */
  readonly text: string;
}

/** A bar of how much is done, with words behind it. */
export function Bar({ done, total, width, text }: BarProps): ReactNode {
  const length = Math.max(5, Math.min(40, Math.floor(width / 3) - 8));
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * length);
  return (
    <Line
      width={width}
      label={text}
      parts={[
        '  ',
        { text: '█'.repeat(full), colour: 'green' },
        { text: '░'.repeat(length - full), dim: true },
        ` ${String(Math.floor(share * 100)).padStart(3)} %  ${text}`,
      ]}
    />
  );
}
