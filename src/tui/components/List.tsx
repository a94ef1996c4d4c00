import { Box } from 'ink';
import type { ReactNode } from 'react';
import { firstVisible } from '../cursor.ts';
import { Line, type Part } from './Line.tsx';

export interface ListProps<Row> {
  readonly rows: readonly Row[];
  readonly cursor: number;
  readonly width: number;
  readonly height: number;
  /** A row as parts of a line. */
  draw(row: Row, at: number): readonly (Part | string)[];
  /** Said where there are no rows. */
  readonly empty: string;
}

/** The part of a list that fits, around its cursor. However long the list is, only that is drawn. */
export function List<Row>({ rows, cursor, width, height, draw, empty }: ListProps<Row>): ReactNode {
  if (rows.length === 0) return <Line width={width} parts={[{ text: empty, dim: true }]} />;
  const first = firstVisible(cursor, rows.length, height);
  return (
    <Box flexDirection="column" aria-role="list">
      {rows.slice(first, first + height).map((row, at) => {
        const isSelected = first + at === cursor;
        return (
          <Box key={first + at} aria-role="listitem" aria-state={{ selected: isSelected }}>
            <Line
              width={width}
              parts={[{ text: isSelected ? '❯ ' : '  ', colour: 'cyan', bold: true }, ...draw(row, first + at)]}
            />
          </Box>
        );
      })}
    </Box>
  );
}
